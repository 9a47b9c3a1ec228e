package dev.gavel.broker;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A map inside a document, read field by field; what does not fit becomes a sentence that names the field.
final class Fields {
    private final Document document;
    private final String path;
    private final Map<String, Object> content;

    private Fields(Document document, String path, Map<String, Object> content) {
        this.document = document;
        this.path = path;
        this.content = content;
    }

    static Fields of(Document document) {
        return new Fields(document, "", document.content());
    }

    Document document() {
        return document;
    }

    Fields map(String key) {
        return optionalMap(key).orElseThrow(() -> wrong(key, "is missing"));
    }

    Optional<Fields> optionalMap(String key) {
        var value = content.get(key);
        return value == null ? Optional.empty() : Optional.of(new Fields(document, path(key), asMap(key, value)));
    }

    List<Fields> list(String key) {
        var value = content.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> entries)) {
            throw wrong(key, "must be a list");
        }
        var fields = new ArrayList<Fields>();
        for (var entry : entries) {
            var place = key + "[" + fields.size() + "]";
            fields.add(new Fields(document, path(place), asMap(place, entry)));
        }
        return List.copyOf(fields);
    }

    String text(String key) {
        var text = optionalText(key, "");
        if (text.isBlank()) {
            throw wrong(key, "is missing");
        }
        return text;
    }

    String optionalText(String key, String absent) {
        return switch (content.get(key)) {
            case null -> absent;
            case Map<?, ?> _, List<?> _ -> throw wrong(key, "must be a text");
            case Object value -> value.toString();
        };
    }

    /// The annotation of the resource, or an empty text.
    String annotation(String name) {
        return document.at("metadata", "annotations") instanceof Map<?, ?> annotations
                        && annotations.get(name) instanceof Object value
                ? value.toString()
                : "";
    }

    Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        content.keySet().forEach(key -> texts.put(key, optionalText(key, "")));
        return texts;
    }

    int number(String key, int absent) {
        var text = optionalText(key, Integer.toString(absent));
        try {
            var number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw (WrongManifest)
                    wrong(key, "must be a whole number, not '" + text + "'").initCause(e);
        }
        throw wrong(key, "must not be negative");
    }

    Duration duration(String key, Duration absent) {
        var text = optionalText(key, absent.toString());
        try {
            var duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw (WrongManifest) wrong(key, "must be an ISO 8601 duration such as PT0.5S, not '" + text + "'")
                    .initCause(e);
        }
        throw wrong(key, "must not be negative");
    }

    Set<String> keys() {
        return content.keySet();
    }

    boolean has(String key) {
        return content.get(key) != null;
    }

    /// Refuses a misspelt field, which a cluster would silently ignore.
    Fields only(String... known) {
        var unknown = new TreeSet<>(content.keySet());
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            throw wrong(unknown.first(), "is not known here; known are " + String.join(", ", known));
        }
        return this;
    }

    WrongManifest wrong(String key, String problem) {
        return new WrongManifest(document.where() + ": " + path(key) + " " + problem + ".");
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Map<String, Object> asMap(String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(key, "must hold fields");
        }
        var fields = new LinkedHashMap<String, Object>();
        map.forEach((name, field) -> {
            // An explicit null says the same as leaving the field out.
            if (field != null) {
                fields.put(String.valueOf(name), field);
            }
        });
        return fields;
    }
}
