package dev.gavel.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One YAML document as it was written: where it stands and what it holds. For the kinds this module does not obey
/// itself.
public record Document(Path file, int position, String defaultNamespace, Map<String, Object> content) {
    /// The kind, or an empty text.
    public String kind() {
        return text(content.get("kind"));
    }

    /// The API group and version, or an empty text.
    public String apiVersion() {
        return text(content.get("apiVersion"));
    }

    /// The name, or an empty text.
    public String name() {
        return text(at("metadata", "name"));
    }

    /// The namespace; where the document says none, the one given when the manifests were read.
    public String namespace() {
        return Objects.requireNonNullElse(at("metadata", "namespace"), defaultNamespace)
                .toString();
    }

    /// The value found by following map keys from the top, or null.
    public @Nullable Object at(String... keys) {
        Object value = content;
        for (var key : keys) {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            value = map.get(key);
        }
        return value;
    }

    /// The names of the variables of its first container, also of those whose value comes from elsewhere, such as a
    /// Secret.
    Set<String> variables() {
        return env().stream()
                .map(variable -> text(variable.get("name")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The variables of its first container that have a value in the document, as a map of its own.
    Map<String, String> environment() {
        Map<String, String> values = new TreeMap<>();
        for (Map<?, ?> variable : env()) {
            if (variable.get("value") != null) {
                values.put(text(variable.get("name")), text(variable.get("value")));
            }
        }
        return values;
    }

    /// The names of the ConfigMaps whose members are variables of its first container, in their order.
    List<String> configMaps() {
        return container("envFrom").stream()
                .map(source -> source.get("configMapRef"))
                .filter(Map.class::isInstance)
                .map(reference -> text(((Map<?, ?>) reference).get("name")))
                .toList();
    }

    private List<Map<?, ?>> env() {
        return container("env");
    }

    private List<Map<?, ?>> container(String field) {
        List<Map<?, ?>> items = new ArrayList<>();
        if (at("spec", "template", "spec", "containers") instanceof List<?> containers
                && containers.getFirst() instanceof Map<?, ?> container
                && container.get(field) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    items.add(map);
                }
            }
        }
        return items;
    }

    /// File, kind and name, as an error sentence names them.
    public String where() {
        return file + ": " + (kind().isEmpty() ? "document " + position : kind() + " " + namespace() + "/" + name());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
