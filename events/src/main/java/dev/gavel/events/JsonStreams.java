package dev.gavel.events;

import dev.gavel.kernel.Money;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON token by token, within the bounds of [Json]: for those who can do without the binding of records, which takes a
/// function that just started tens of milliseconds to get ready.
public final class JsonStreams {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(40)
                    .maxStringLength(256 * 1024)
                    .maxNameLength(200)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonStreams() {}

    public static JsonParser parser(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    public static JsonParser parser(String json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    public static JsonGenerator generator(OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    public static JsonGenerator generator(Writer out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /// Any value as JSON; one that is not [JsonWritten] by the binding.
    ///
    /// @throws tools.jackson.core.JacksonException when there is no JSON of such a value
    public static byte[] bytes(Object value) {
        if (!(value instanceof JsonWritten written)) {
            return Json.MAPPER.writeValueAsBytes(value);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = generator(out)) {
            written.writeTo(json);
        }
        return out.toByteArray();
    }

    /// The same as text.
    ///
    /// @throws tools.jackson.core.JacksonException when there is no JSON of such a value
    public static String text(Object value) {
        if (!(value instanceof JsonWritten written)) {
            return Json.MAPPER.writeValueAsString(value);
        }
        StringWriter out = new StringWriter(512);
        try (JsonGenerator json = generator(out)) {
            written.writeTo(json);
        }
        return out.toString();
    }

    /// Writes a member, unless it is null.
    public static void write(JsonGenerator json, String name, @Nullable Money money) {
        if (money != null) {
            json.writeObjectPropertyStart(name);
            json.writeStringProperty("amount", money.amount());
            json.writeStringProperty("currency", money.currency().getCurrencyCode());
            json.writeEndObject();
        }
    }
}
