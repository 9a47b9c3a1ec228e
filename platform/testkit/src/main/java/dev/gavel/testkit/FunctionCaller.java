package dev.gavel.testkit;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Calls a function as its callers do: resources with a token and an idempotency key, facts and ticks as
/// CloudEvents in binary mode. Never waits longer than 20 seconds for an answer. Immutable: `with…` gives
/// another caller.
public final class FunctionCaller {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String JSON = "application/json";

    private final HttpClient client;
    private final URI function;
    private final Map<String, String> headers;

    private FunctionCaller(HttpClient client, URI function, Map<String, String> headers) {
        this.client = client;
        this.function = function;
        this.headers = headers;
    }

    /// @param function where the host of the function listens, such as `http://127.0.0.1:8080`
    public static FunctionCaller of(URI function) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        return new FunctionCaller(client, function, Map.of());
    }

    /// The same connections to another function.
    public FunctionCaller to(URI other) {
        return new FunctionCaller(client, other, headers);
    }

    public FunctionCaller withToken(String token) {
        return withHeader("authorization", "Bearer " + token);
    }

    public FunctionCaller withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new FunctionCaller(client, function, more);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    /// POST with a key nobody used before.
    public Answer post(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    /// POST with this `Idempotency-Key`.
    ///
    /// @param body a record, map or JSON tree; a `String` is sent as it is
    public Answer post(String path, Object body, String idempotencyKey) {
        return send("POST", path, body, Map.of("idempotency-key", idempotencyKey));
    }

    /// Any method with a JSON body and further headers, and without a key unless there is one among them.
    public Answer send(String method, String path, Object body, Map<String, String> more) {
        HttpRequest.Builder request = request(path).header("content-type", JSON).method(method, json(body));
        more.forEach(request::setHeader);
        return send(request);
    }

    /// Delivers a fact as the Broker does.
    public Answer deliver(Fact<?> fact) {
        HttpRequest.Builder request = request("/")
                .header("ce-specversion", "1.0")
                .header("ce-id", fact.id())
                .header("ce-source", fact.source())
                .header("ce-type", fact.type())
                .header("ce-subject", fact.subject())
                .header("ce-time", fact.time().toString())
                .header("ce-dataschema", EventCatalog.schema(fact.data().getClass()))
                .header("ce-partitionkey", fact.subject())
                .header("ce-sequence", Long.toString(fact.sequence()))
                .header("content-type", JSON)
                .POST(json(fact.data()));
        return send(request);
    }

    /// Delivers a tick as a PingSource does.
    public Answer tick() {
        HttpRequest.Builder request = request("/")
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-source", "/apis/v1/namespaces/gavel/pingsources/test")
                .header("ce-type", "dev.knative.sources.ping")
                .header("ce-time", Instant.now().toString())
                .header("content-type", JSON)
                .POST(BodyPublishers.ofString("{}"));
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(function.resolve(path)).timeout(PATIENCE);
        headers.forEach(request::setHeader);
        return request;
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofString(body instanceof String text ? text : Json.MAPPER.writeValueAsString(body));
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(response.statusCode(), headers, response.body());
        } catch (IOException trouble) {
            throw new AssertionError(request.method() + " " + request.uri() + " got no answer: " + trouble, trouble);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request.method() + " " + request.uri() + " was interrupted", interrupted);
        }
    }

    /// What a function answered; the names of headers are compared without regard to case.
    public record Answer(int status, Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /// The body as JSON.
        ///
        /// @throws AssertionError when it is none
        public JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (JacksonException _) {
                throw new AssertionError("this is no JSON: " + this);
            }
        }

        /// The body as a record.
        public <T> T as(Class<T> type) {
            return Json.MAPPER.treeToValue(json(), type);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }
}
