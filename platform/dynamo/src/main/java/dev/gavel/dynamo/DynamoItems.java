package dev.gavel.dynamo;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attribute values, written and read; made to be imported statically. Reading demands what it asks for
/// and says which attribute of which item is missing or of another type.
public final class DynamoItems {

    private DynamoItems() {}

    public static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    public static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    public static AttributeValue b(byte[] value) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(value));
    }

    public static AttributeValue bool(boolean value) {
        return AttributeValue.fromBool(value);
    }

    /// An instant as text that sorts by time: always nine decimals, years 0 to 9999.
    public static AttributeValue time(Instant value) {
        return s(sortable(value));
    }

    /// The same text, for when it becomes part of a key.
    public static String sortable(Instant value) {
        String text = value.toString();
        int dot = text.indexOf('.');
        String seconds = dot < 0 ? text.substring(0, text.length() - 1) : text.substring(0, dot);
        return seconds + "." + padded(value.getNano(), 9) + "Z";
    }

    /// A number from 0 with zeros before it, so that texts sort as the numbers do. A format would do the same, with all
    /// that the JDK knows of locales.
    public static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    public static String text(Map<String, AttributeValue> item, String name) {
        return textIfAny(item, name).orElseThrow(() -> wrong(item, name, "a text"));
    }

    public static Optional<String> textIfAny(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.s() == null) {
            throw wrong(item, name, "a text");
        }
        return Optional.of(value.s());
    }

    public static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        try {
            if (value != null && value.n() != null) {
                return Long.parseLong(value.n());
            }
        } catch (NumberFormatException _) {
            throw wrong(item, name, "a whole number");
        }
        throw wrong(item, name, "a whole number");
    }

    public static byte[] bytes(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null || value.b() == null) {
            throw wrong(item, name, "bytes");
        }
        return value.b().asByteArray();
    }

    public static boolean flag(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null || value.bool() == null) {
            throw wrong(item, name, "true or false");
        }
        return value.bool();
    }

    public static Instant time(Map<String, AttributeValue> item, String name) {
        try {
            return Instant.parse(text(item, name));
        } catch (DateTimeParseException _) {
            throw wrong(item, name, "a time");
        }
    }

    /// Names the attributes that are there and never their values, which may be secret.
    private static IllegalStateException wrong(Map<String, AttributeValue> item, String name, String wanted) {
        return new IllegalStateException(
                "attribute " + name + " should be " + wanted + " in an item with " + item.keySet());
    }
}
