package dev.gavel.runtime;

import com.sun.net.httpserver.Headers;
import dev.gavel.events.AnyEvent;
import dev.gavel.events.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a CloudEvent of spec version 1.0 from an HTTP request, in binary or structured JSON mode.
final class CloudEvents {

    private static final String STRUCTURED = "application/cloudevents";
    private static final byte[] NO_DATA = {};
    // What the headers of a request may have together.
    private static final int LONGEST = 32 * 1024;

    private CloudEvents() {}

    /// @throws Refused with 400 when the request is none
    static CloudEvent read(Headers headers, byte[] body) {
        String contentType = headers.getFirst("Content-type");
        try {
            if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
                String format = contentType.substring(STRUCTURED.length());
                if (!format.toLowerCase(Locale.ROOT).matches("\\+json\\s*(;.*)?")) {
                    throw EventEdge.refused(
                            "not-a-cloudevent",
                            "Of structured events only application/cloudevents+json is understood.");
                }
                return bounded(structured(body));
            }
            return bounded(
                    HttpMessageFactory.createReaderFromMultimap(headers, body).toEvent());
        } catch (Refused e) {
            throw e;
        } catch (RuntimeException e) {
            throw EventEdge.refused(
                    "not-a-cloudevent",
                    "This is not a CloudEvent 1.0: send ce-specversion, ce-id, ce-source and ce-type headers, or a body of"
                            + " type application/cloudevents+json.");
        }
    }

    private static CloudEvent bounded(CloudEvent event) {
        if (event.getId().isEmpty() || event.getSource().toString().isEmpty()) {
            throw new IllegalArgumentException("id or source is empty");
        }
        long length = 0;
        for (String name : event.getAttributeNames()) {
            length += name.length() + String.valueOf(event.getAttribute(name)).length();
        }
        for (String name : event.getExtensionNames()) {
            length += name.length() + String.valueOf(event.getExtension(name)).length();
        }
        if (length > LONGEST) {
            throw EventEdge.refused(
                    "attributes-too-long", "The attributes of an event may have at most " + LONGEST + " characters.");
        }
        return event;
    }

    /// The event as it is, for a use case that takes any.
    static AnyEvent any(CloudEvent event) {
        Map<String, String> extensions = new TreeMap<>();
        for (String name : event.getExtensionNames()) {
            extensions.put(name, String.valueOf(event.getExtension(name)));
        }
        CloudEventData data = event.getData();
        URI schema = event.getDataSchema();
        return new AnyEvent(
                event.getId(),
                event.getSource().toString(),
                event.getType(),
                event.getSubject(),
                event.getTime(),
                event.getDataContentType(),
                schema == null ? null : schema.toString(),
                data == null ? NO_DATA : data.toBytes(),
                extensions);
    }

    private static CloudEvent structured(byte[] body) {
        JsonNode root = Json.MAPPER.readTree(body);
        if (!"1.0".equals(text(root.get("specversion")))) {
            throw new IllegalArgumentException("not version 1.0");
        }
        CloudEventBuilder event = CloudEventBuilder.v1();
        for (Map.Entry<String, JsonNode> member : root.properties()) {
            JsonNode value = member.getValue();
            String name = member.getKey();
            if (value.isNull()) {
                continue;
            }
            switch (name) {
                case "specversion" -> {}
                case "id" -> event.withId(text(value));
                case "source" -> event.withSource(URI.create(String.valueOf(text(value))));
                case "type" -> event.withType(text(value));
                case "subject" -> event.withSubject(text(value));
                case "time" -> event.withTime(OffsetDateTime.parse(String.valueOf(text(value))));
                case "datacontenttype" -> event.withDataContentType(text(value));
                case "dataschema" -> event.withDataSchema(URI.create(String.valueOf(text(value))));
                case "data" -> event.withData(Json.MAPPER.writeValueAsBytes(value));
                case "data_base64" -> event.withData(Base64.getDecoder().decode(String.valueOf(text(value))));
                default -> event.withExtension(name, value.isString() ? value.stringValue() : value.toString());
            }
        }
        return event.build();
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : null;
    }
}
