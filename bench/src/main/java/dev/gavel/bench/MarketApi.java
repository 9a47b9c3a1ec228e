package dev.gavel.bench;

import dev.gavel.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Gavel's HTTP API as any client sees it. Calls block; use virtual threads for many at once. What a client
/// may repeat (no answer, 429, 502 to 504, a write that lost its race) is repeated with the same key, with
/// growing pauses, for three minutes.
final class MarketApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(30);
    /// A write that lost its race, or a first attempt that is still running; every other conflict is an
    /// answer.
    private static final Pattern REPEATABLE_CONFLICT = Pattern.compile("stale|running");

    private final URI gateway;
    private final @Nullable String replayKey;
    private final HttpClient http;

    /// @param replayKey the secret that lets a request say when it counts as received, or null on the real
    /// clock
    MarketApi(URI gateway, @Nullable String replayKey) {
        this.gateway = gateway;
        this.replayKey = replayKey;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// A status and a JSON body; `text` is the body as it was sent.
    record Answer(int status, String text) {

        boolean accepted() {
            return status / 100 == 2;
        }

        JsonNode body() {
            try {
                return Json.MAPPER.readTree(text);
            } catch (JacksonException e) {
                throw new IllegalStateException("an answer with status " + status + " was not JSON: " + text, e);
            }
        }

        /// The name of a problem such as `bid-too-low`, or an empty text when it is none.
        String problem() {
            if (accepted() || !text.startsWith("{")) {
                return "";
            }
            String type = body().path("type").asString("");
            return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
        }

        Answer expect(int wanted, String what) {
            if (status != wanted) {
                throw new IllegalStateException(
                        what + " was answered " + status + " instead of " + wanted + ": " + text);
            }
            return this;
        }
    }

    Answer post(String path, @Nullable String token, String key, Object body, @Nullable Instant at) {
        return send(at(request(gateway.resolve(path), token), at)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                .build());
    }

    Answer get(String path, @Nullable String token, @Nullable Instant at) {
        return send(at(request(gateway.resolve(path), token), at).GET().build());
    }

    /// Lets a schedule strike at a function, as its PingSource would.
    Answer tick(URI function, String source, Instant at) {
        return send(at(request(function, null), at)
                .header("ce-specversion", "1.0")
                .header("ce-type", "dev.knative.sources.ping")
                .header("ce-source", "/apis/v1/namespaces/gavel/pingsources/" + source)
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-time", at.toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    private static HttpRequest.Builder request(URI uri, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ONE_ATTEMPT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder at(HttpRequest.Builder request, @Nullable Instant time) {
        return time == null || replayKey == null
                ? request
                : request.header("gavel-replay-time", time.toString()).header("gavel-replay-key", replayKey);
    }

    private Answer send(HttpRequest request) {
        IOException trouble = null;
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 0; attempt == 0 || System.nanoTime() < end; attempt++) {
            if (attempt > 0) {
                pause(attempt);
            }
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                Answer answer = new Answer(response.statusCode(), response.body());
                if (!repeatable(answer) || System.nanoTime() >= end) {
                    return answer;
                }
            } catch (IOException e) {
                trouble = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
            }
        }
        throw new UncheckedIOException(
                "no answer from " + request.uri() + " within " + PATIENCE + "; is it running?",
                trouble == null ? new IOException("no answer") : trouble);
    }

    private static boolean repeatable(Answer answer) {
        return switch (answer.status()) {
            case 429, 502, 503, 504 -> true;
            case 409 -> REPEATABLE_CONFLICT.matcher(answer.problem()).find();
            default -> false;
        };
    }

    private static void pause(int attempt) {
        long longest = Math.min(50L << Math.min(attempt, 6), 2_000);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two attempts", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
