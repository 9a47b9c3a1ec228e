package dev.gavel.runtime;

import dev.gavel.events.Json;
import java.lang.reflect.Constructor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/// Reads a value from the text of a path variable or a query parameter.
@FunctionalInterface
interface TextValue {

    /// @throws IllegalArgumentException when the text is no such value; the message says what is
    Object read(String text);

    static TextValue of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class) {
            return text -> text;
        }
        if (raw == int.class || raw == Integer.class) {
            return text -> number(text, Integer::valueOf);
        }
        if (raw == long.class || raw == Long.class) {
            return text -> number(text, Long::valueOf);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return TextValue::bool;
        }
        if (raw.isRecord()
                && raw.getRecordComponents().length == 1
                && raw.getRecordComponents()[0].getType() == String.class) {
            return id(raw);
        }
        ObjectReader json = Json.STRICT.forType(type);
        return text -> {
            try {
                return json.readValue(Json.MAPPER.writeValueAsBytes(text));
            } catch (JacksonException e) {
                throw new IllegalArgumentException(DecodeProblems.member("", e).problem(), e);
            }
        };
    }

    private static Object number(String text, java.util.function.Function<String, Object> parse) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number in its range", e);
        }
    }

    private static Object bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static TextValue id(Class<?> type) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(String.class);
            canonical.setAccessible(true);
            return text -> CommandReader.make(canonical, text);
        } catch (ReflectiveOperationException e) {
            throw new CannotStart(type.getName() + " cannot be made.", e);
        }
    }
}
