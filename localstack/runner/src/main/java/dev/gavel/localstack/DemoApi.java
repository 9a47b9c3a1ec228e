package dev.gavel.localstack;

import dev.gavel.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// The public API of the gateway, as a client of it sees it. Each request has 20 seconds.
final class DemoApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int TRIES = 4;

    private final URI gateway;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    DemoApi(URI gateway) {
        this.gateway = gateway;
    }

    /// What came back; the status is 0 when nothing did.
    ///
    /// @param retryAfter how long the answer asks to wait, or zero
    record Answer(int status, JsonNode body, Duration retryAfter) {

        String text(String pointer) {
            return body.at(pointer).asString("");
        }

        boolean accepted() {
            return status >= 200 && status < 300;
        }

        /// Whether the same request may be answered otherwise a moment later.
        boolean busy() {
            return status == 0 || status == 429 || status >= 500;
        }

        /// Whether it is the problem of this kebab name.
        boolean is(String problem) {
            return text("/type").endsWith("/" + problem);
        }

        /// For a log: never the whole body, which may have tokens in it.
        String sentence() {
            return status == 0 ? "no answer" : status + " " + text("/detail");
        }
    }

    Answer get(String path, @Nullable String token) throws InterruptedException {
        return send(request(path, token).GET().build());
    }

    /// Sends a request up to four times with one key of its own, for as long as the answers are those of somebody who
    /// is too busy.
    Answer post(String path, Map<String, ?> body, @Nullable String token) throws InterruptedException {
        HttpRequest request = request(path, token)
                .header("content-type", "application/json")
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                .build();
        Answer answer = send(request);
        Duration pause = Duration.ofMillis(500);
        for (int attempt = 1; attempt < TRIES && answer.busy(); attempt++) {
            Thread.sleep(pause.compareTo(answer.retryAfter()) > 0 ? pause : answer.retryAfter());
            pause = pause.multipliedBy(2);
            answer = send(request);
        }
        return answer;
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).timeout(PATIENCE);
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            String wait = response.headers().firstValue("retry-after").orElse("");
            Duration retryAfter = wait.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(wait)) : Duration.ZERO;
            return new Answer(
                    response.statusCode(),
                    json(response.body()),
                    retryAfter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : retryAfter);
        } catch (IOException e) {
            return new Answer(0, MissingNode.getInstance(), Duration.ZERO);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
