package dev.gavel.runtime;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.gavel.events.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /// One component of the command. `path` is the place of its variable in the path, or -1.
    private record Component(
            String name, int path, boolean optional, boolean list, ObjectReader json, TextValue text) {}

    /// A path variable that cannot be the id of anything.
    static final class NoSuchThing extends Exception {

        private static final long serialVersionUID = 1L;

        NoSuchThing(String message) {
            super(message, null, false, false);
        }
    }

    private final Component[] components;
    private final Map<String, Integer> places = new HashMap<>();
    private final Constructor<?> constructor;
    private final boolean ignoresUnknown;

    /// @throws CannotStart when the command is no record, or a path variable has no component
    CommandReader(String useCase, JavaType command, List<String> variables) {
        Class<?> type = command.getRawClass();
        if (!type.isRecord()) {
            throw new CannotStart("The command of " + useCase + " must be a record.");
        }
        RecordComponent[] declared = type.getRecordComponents();
        components = new Component[declared.length];
        for (int i = 0; i < declared.length; i++) {
            components[i] = component(declared[i], variables);
            places.put(declared[i].getName(), i);
        }
        for (String variable : variables) {
            if (!places.containsKey(variable)) {
                throw new CannotStart(
                        "The route of " + useCase + " has {" + variable + "}, which its command does not.");
            }
        }
        constructor = constructor(type, declared);
        JsonIgnoreProperties ignored = type.getAnnotation(JsonIgnoreProperties.class);
        ignoresUnknown = ignored != null && ignored.ignoreUnknown();
    }

    static JavaType type(java.lang.reflect.Type type) {
        return Json.MAPPER.constructType(type);
    }

    private static Component component(RecordComponent declared, List<String> variables) {
        JavaType type = Json.MAPPER.constructType(declared.getGenericType());
        boolean list = type.isCollectionLikeType();
        ObjectReader json = Json.STRICT.forType(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        return new Component(
                declared.getName(),
                variables.indexOf(declared.getName()),
                RequiredMembers.optional(declared),
                list,
                json,
                TextValue.of(list ? type.getContentType() : type));
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] declared) {
        try {
            Class<?>[] types = Stream.of(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new CannotStart("The command " + type.getName() + " cannot be made.", e);
        }
    }

    /// @throws NoSuchThing when a path variable is malformed
    /// @throws Refused with 400 or 422 when the rest is
    Object read(String[] variables, @Nullable String query, byte[] body) throws NoSuchThing {
        @Nullable Object[] values = components.length == 0 ? NONE : new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            int path = components[i].path();
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
                if (!component.optional() && unmentioned(component.name(), problems)) {
                    problems.add(new Problem.Member(component.name(), "is missing: send it"));
                }
            } else {
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
            return make(constructor, values);
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
            if (place == null || components[place].path() >= 0) {
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
        try (JsonParser json = Json.MAPPER.createParser(body)) {
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
                if (place == null || components[place].path() >= 0 || json.nextToken() == JsonToken.VALUE_NULL) {
                    return false;
                }
                values[place] = components[place].json().readValue(json);
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
            } else if (components[place].path() >= 0) {
                problems.add(new Problem.Member(member.getKey(), "is in the path already: leave it out here"));
            } else if (!member.getValue().isNull()) {
                try {
                    values[place] = components[place].json().readValue(member.getValue());
                } catch (JacksonException e) {
                    values[place] = null;
                    problems.add(DecodeProblems.member(member.getKey(), e));
                }
            } else if (!components[place].optional()) {
                problems.add(new Problem.Member(member.getKey(), "must not be null: send a value"));
            }
        }
    }

    private String unknown() {
        List<String> known = Stream.of(components)
                .filter(component -> component.path() < 0)
                .map(Component::name)
                .toList();
        return known.isEmpty()
                ? "is not known here: leave it out"
                : "is not known here; known are " + String.join(", ", known);
    }
}
