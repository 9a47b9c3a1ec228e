package dev.gavel.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says in plain words what a decoder found wrong, and what to send instead.
final class DecodeProblems {

    private DecodeProblems() {}

    /// What is wrong with the value of a member, named by its whole path.
    static Problem.Member member(String name, JacksonException problem) {
        StringBuilder path = new StringBuilder(name);
        if (problem instanceof DatabindException databind) {
            for (JacksonException.Reference reference : databind.getPath()) {
                if (reference.getPropertyName() != null) {
                    path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
                } else if (reference.getIndex() >= 0) {
                    path.append('[').append(reference.getIndex()).append(']');
                }
            }
        }
        return new Problem.Member(path.toString(), said(problem));
    }

    private static String said(JacksonException problem) {
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return switch (problem) {
            case UnrecognizedPropertyException unknown -> "is not known here" + known(unknown.getKnownPropertyIds());
            case InputCoercionException overflow -> "must be " + wanted(overflow.getTargetType());
            case MismatchedInputException mismatch -> "must be " + wanted(mismatch.getTargetType());
            default -> "cannot be read";
        };
    }

    private static String known(@Nullable Collection<Object> names) {
        return names == null || names.isEmpty()
                ? ""
                : "; known are " + names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /// What a value of a type looks like in JSON.
    static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants())
                            .map(constant -> spelled(type, (Enum<?>) constant))
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getName()) {
            case "int", "long", "short", "java.lang.Integer", "java.lang.Long", "java.math.BigInteger" ->
                "a whole number in its range";
            case "double", "float", "java.lang.Double", "java.math.BigDecimal" -> "a number";
            case "boolean", "java.lang.Boolean" -> "true or false";
            case "java.lang.String" -> "a text";
            case "java.time.Duration" -> "a duration such as \"PT30S\"";
            default -> {
                if (Instant.class.isAssignableFrom(type)) {
                    yield "a time such as \"2026-11-22T10:15:30Z\"";
                }
                yield Collection.class.isAssignableFrom(type) || type.isArray()
                        ? "a list"
                        : type.isRecord() && type.getRecordComponents().length == 1 ? "a text" : "an object";
            }
        };
    }

    private static String spelled(Class<?> type, Enum<?> constant) {
        try {
            JsonProperty spelling = type.getField(constant.name()).getAnnotation(JsonProperty.class);
            return spelling == null || spelling.value().isEmpty() ? constant.name() : spelling.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Where a text stops being JSON, without repeating what was sent.
    static String where(JacksonException problem) {
        return problem.getLocation() == null
                ? "correct it."
                : "look at line " + problem.getLocation().getLineNr() + ", column "
                        + problem.getLocation().getColumnNr() + ".";
    }

    /// The paths of members that a decoded value lacks, as problems.
    static List<Problem.Member> missing(List<String> paths) {
        return paths.stream()
                .map(path -> new Problem.Member(path, "is missing: send it"))
                .toList();
    }
}
