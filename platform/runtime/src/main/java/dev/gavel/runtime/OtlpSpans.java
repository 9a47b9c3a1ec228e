package dev.gavel.runtime;

import dev.gavel.events.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Posts spans to a collector as OTLP over HTTP, encoded as JSON: to `/v1/traces` below the endpoint.
final class OtlpSpans implements Spans {

    static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final int FAILED = 2;

    private final URI address;
    private final Map<String, Object> resource;

    OtlpSpans(URI endpoint, String service) {
        String base = endpoint.toString();
        this.address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/traces");
        this.resource = Map.of(
                "attributes", List.of(attribute("service.name", service), attribute("service.namespace", "gavel")));
    }

    @Override
    public void send(List<Span.Ended> spans) throws IOException, InterruptedException {
        int status;
        try {
            status = HttpPost.send(address, JSON, Json.MAPPER.writeValueAsBytes(message(spans)), TIMEOUT);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
        if (status / 100 != 2) {
            throw new IOException("the collector answered " + status);
        }
    }

    private Map<String, Object> message(List<Span.Ended> spans) {
        Map<String, Object> scope = Map.of(
                "scope",
                Map.of("name", "dev.gavel"),
                "spans",
                spans.stream().map(OtlpSpans::span).toList());
        return Map.of("resourceSpans", List.of(Map.of("resource", resource, "scopeSpans", List.of(scope))));
    }

    private static Map<String, Object> span(Span.Ended span) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("traceId", span.trace().traceId());
        json.put("spanId", span.trace().spanId());
        if (span.parent() != null) {
            json.put("parentSpanId", span.parent());
        }
        json.put("name", span.name());
        json.put("kind", span.kind().number());
        // 64-bit numbers are texts in the JSON of protobuf.
        json.put("startTimeUnixNano", Long.toString(span.begun()));
        json.put("endTimeUnixNano", Long.toString(span.ended()));
        json.put(
                "attributes",
                span.attributes().entrySet().stream()
                        .map(attribute -> attribute(attribute.getKey(), attribute.getValue()))
                        .toList());
        json.put(
                "links",
                span.links().stream()
                        .map(link -> Map.of("traceId", link.traceId(), "spanId", link.spanId()))
                        .toList());
        if (span.failure() != null) {
            json.put("status", Map.of("code", FAILED, "message", span.failure()));
        }
        return json;
    }

    private static Map<String, Object> attribute(String key, Object value) {
        return Map.of(
                "key",
                key,
                "value",
                switch (value) {
                    case Boolean truth -> Map.of("boolValue", truth);
                    case Integer number -> Map.of("intValue", number.toString());
                    case Long number -> Map.of("intValue", number.toString());
                    case Double number -> Map.of("doubleValue", number);
                    default -> Map.of("stringValue", value.toString());
                });
    }
}
