package dev.gavel.runtime;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.gavel.events.Json;
import dev.gavel.events.JsonStreams;
import dev.gavel.kernel.Money;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// Fills the command record of one route by name: from the path variables, then the query parameters, then
/// the members of the JSON body. A good request is read in one pass; only a bad one is read again, to name
/// all that is wrong. A member that the command does not have is refused, unless it is declared with
/// `@JsonIgnoreProperties(ignoreUnknown = true)`: for callers who add members when they like.
final class CommandReader {

    private static final Object[] NONE = {};

    /// One component of the command. What Jackson's binding is needed for is made when it is.
    private static final class Component {

        private final Class<?> command;
        private final int number;
        private final Form.Part part;
        // The place of its variable in the path, or -1.
        private final int path;
        private volatile @Nullable ObjectReader json;
        private volatile @Nullable TextValue text;

        Component(Class<?> command, int number, Form.Part part, int path) {
            this.command = command;
            this.number = number;
            this.part = part;
            this.path = path;
        }

        String name() {
            return part.name();
        }

        boolean list() {
            return Collection.class.isAssignableFrom(part.type());
        }

        /// Whether what is read has all it needs, as it was made by a constructor that checks.
        boolean checked() {
            return path >= 0 && part.id() != null || part.type() == Money.class;
        }

        private JavaType type() {
            return Json.MAPPER.constructType(command.getRecordComponents()[number].getGenericType());
        }

        ObjectReader json() {
            ObjectReader known = json;
            if (known == null) {
                known = Json.STRICT.forType(type()).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
                json = known;
            }
            return known;
        }

        TextValue text() {
            TextValue known = text;
            if (known == null) {
                if (list()) {
                    JavaType element = type().getContentType();
                    Class<?> raw = element.getRawClass();
                    known = TextValue.of(raw, Form.id(raw), () -> element);
                } else {
                    known = TextValue.of(part.type(), part.id(), this::type);
                }
                text = known;
            }
            return known;
        }

        /// Null when the value is not as it should be.
        @Nullable
        Object read(JsonParser parser) {
            return part.type() == Money.class ? money(parser) : json().readValue(parser);
        }

        private static @Nullable Money money(JsonParser parser) {
            String amount = null;
            String currency = null;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    return null;
                }
                switch (name) {
                    case "amount" -> amount = parser.getString();
                    case "currency" -> currency = parser.getString();
                    default -> {
                        return null;
                    }
                }
            }
            if (amount == null || currency == null) {
                return null;
            }
            try {
                return Money.of(amount, currency);
            } catch (IllegalArgumentException _) {
                // Said when the body is read again.
                return null;
            }
        }
    }

    /// A path variable that cannot be the id of anything.
    static final class NoSuchThing extends Exception {

        private static final long serialVersionUID = 1L;

        NoSuchThing(String message) {
            super(message, null, false, false);
        }
    }

    private final Component[] components;
    private final Map<String, Integer> places = new HashMap<>();
    private final Form form;
    private final boolean ignoresUnknown;

    /// @throws CannotStart when a path variable has no component
    CommandReader(String useCase, Form form, List<String> variables) {
        this.form = form;
        components = new Component[form.parts().size()];
        for (int i = 0; i < components.length; i++) {
            Form.Part part = form.parts().get(i);
            components[i] = new Component(form.command(), i, part, variables.indexOf(part.name()));
            places.put(part.name(), i);
        }
        for (String variable : variables) {
            if (!places.containsKey(variable)) {
                throw new CannotStart(
                        "The route of " + useCase + " has {" + variable + "}, which its command does not.");
            }
        }
        JsonIgnoreProperties ignored = form.command().getAnnotation(JsonIgnoreProperties.class);
        ignoresUnknown = ignored != null && ignored.ignoreUnknown();
    }

    /// Gets ready what the binding is needed for.
    void warm() {
        for (Component component : components) {
            component.text();
            if (component.path < 0) {
                component.json();
            }
        }
    }

    /// @throws NoSuchThing when a path variable is malformed
    /// @throws Refused with 400 or 422 when the rest is
    Object read(String[] variables, @Nullable String query, byte[] body) throws NoSuchThing {
        @Nullable Object[] values = components.length == 0 ? NONE : new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            int path = components[i].path;
            if (path >= 0) {
                try {
                    values[i] = components[i].text().read(variables[path]);
                } catch (IllegalArgumentException e) {
                    throw new NoSuchThing(e.getMessage() == null ? "malformed" : e.getMessage());
                }
            }
        }
        List<Problem.Member> problems = new ArrayList<>(0);
        if (query != null && !query.isEmpty()) {
            readQuery(query, values, problems);
        }
        if (body.length > 0 && !readFast(body, values)) {
            readSlowly(body, values, problems);
        }
        for (int i = 0; i < components.length; i++) {
            Component component = components[i];
            Object value = values[i];
            if (value == null) {
                if (!component.part.optional() && unmentioned(component.name(), problems)) {
                    problems.add(new Problem.Member(component.name(), "is missing: send it"));
                }
            } else if (!component.checked()) {
                for (String missing : RequiredMembers.missing(component.name(), value)) {
                    problems.add(new Problem.Member(missing, "is missing: send it"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new Refused(Problem.ofMembers(problems));
        }
        return construct(values);
    }

    private Object construct(@Nullable Object[] values) {
        try {
            return form.make().apply(values);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.ofMembers(List.of(new Problem.Member("", String.valueOf(e.getMessage())))));
        }
    }

    /// What a constructor makes, or what it throws.
    static Object make(Constructor<?> constructor, @Nullable Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean unmentioned(String name, List<Problem.Member> problems) {
        for (Problem.Member problem : problems) {
            if (problem.member().equals(name) || problem.member().startsWith(name + ".")) {
                return false;
            }
        }
        return true;
    }

    private void readQuery(String query, @Nullable Object[] values, List<Problem.Member> problems) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters
                        .computeIfAbsent(decode(equals < 0 ? pair : pair.substring(0, equals)), _ -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        parameters.forEach((name, texts) -> {
            Integer place = places.get(name);
            if (place == null || components[place].path >= 0) {
                problems.add(new Problem.Member(name, unknown()));
                return;
            }
            Component component = components[place];
            try {
                if (component.list()) {
                    List<Object> elements = new ArrayList<>();
                    for (String text : texts) {
                        elements.add(component.text().read(text));
                    }
                    values[place] = component.json().readValue(Json.MAPPER.<JsonNode>valueToTree(elements));
                } else if (texts.size() > 1) {
                    problems.add(new Problem.Member(name, "must be sent once"));
                } else {
                    values[place] = component.text().read(texts.getFirst());
                }
            } catch (IllegalArgumentException e) {
                problems.add(new Problem.Member(name, String.valueOf(e.getMessage())));
            } catch (JacksonException e) {
                problems.add(DecodeProblems.member(name, e));
            }
        });
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.of(
                    400, "malformed-query", "The query has a broken %-sequence: encode it.", Meters.Result.INVALID));
        }
    }

    private boolean readFast(byte[] body, @Nullable Object[] values) {
        try (JsonParser json = JsonStreams.parser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                Integer place = places.get(json.currentName());
                if (place == null && ignoresUnknown) {
                    json.nextToken();
                    json.skipChildren();
                    continue;
                }
                if (place == null || components[place].path >= 0 || json.nextToken() == JsonToken.VALUE_NULL) {
                    return false;
                }
                values[place] = components[place].read(json);
                if (values[place] == null) {
                    return false;
                }
            }
            return json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private void readSlowly(byte[] body, @Nullable Object[] values, List<Problem.Member> problems) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new Refused(Problem.of(
                    400,
                    "malformed-json",
                    "The body is not valid JSON: " + DecodeProblems.where(e),
                    Meters.Result.INVALID));
        }
        if (!root.isObject()) {
            throw new Refused(
                    Problem.of(400, "malformed-json", "The body must be a JSON object, { … }.", Meters.Result.INVALID));
        }
        for (Map.Entry<String, JsonNode> member : root.properties()) {
            Integer place = places.get(member.getKey());
            if (place == null) {
                if (!ignoresUnknown) {
                    problems.add(new Problem.Member(member.getKey(), unknown()));
                }
            } else if (components[place].path >= 0) {
                problems.add(new Problem.Member(member.getKey(), "is in the path already: leave it out here"));
            } else if (!member.getValue().isNull()) {
                try {
                    values[place] = components[place].json().readValue(member.getValue());
                } catch (JacksonException e) {
                    values[place] = null;
                    problems.add(DecodeProblems.member(member.getKey(), e));
                }
            } else if (!components[place].part.optional()) {
                problems.add(new Problem.Member(member.getKey(), "must not be null: send a value"));
            }
        }
    }

    private String unknown() {
        List<String> known = Stream.of(components)
                .filter(component -> component.path < 0)
                .map(Component::name)
                .toList();
        return known.isEmpty()
                ? "is not known here: leave it out"
                : "is not known here; known are " + String.join(", ", known);
    }
}
