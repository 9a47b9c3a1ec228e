package dev.gavel.runtime;

import dev.gavel.events.Json;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/// Reads a value from the text of a path variable or a query parameter.
@FunctionalInterface
interface TextValue {

    /// @throws IllegalArgumentException when the text is no such value; the message says what is
    Object read(String text);

    /// @param id makes a value of its text, when it is an id
    /// @param type asked for only when the class does not say it all
    static TextValue of(Class<?> raw, @Nullable Function<String, Object> id, Supplier<JavaType> type) {
        if (id != null) {
            return id::apply;
        }
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
        ObjectReader json = Json.STRICT.forType(type.get());
        return text -> {
            try {
                return json.readValue(Json.MAPPER.writeValueAsBytes(text));
            } catch (JacksonException e) {
                throw new IllegalArgumentException(DecodeProblems.member("", e).problem(), e);
            }
        };
    }

    private static Object number(String text, Function<String, Object> parse) {
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
}
