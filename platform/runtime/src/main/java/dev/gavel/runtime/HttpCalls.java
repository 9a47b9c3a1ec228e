package dev.gavel.runtime;

import dev.gavel.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON calls to a server of somebody else: bounded in time, in size and in how many run at once; no redirects,
/// and no repetition of a POST by itself. Nothing that is sent is ever in a message.
public final class HttpCalls implements AutoCloseable {

    private static final int MOST_AT_ONCE = 64;
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final HttpClient client;
    private final URI base;
    private final @Nullable String authorization;
    private final Duration timeout;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /// @param authorization the header that every call has, if any
    /// @param timeout of one call, from connecting to the last byte
    public HttpCalls(URI base, @Nullable String authorization, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.dividedBy(2))
                .build();
        this.base = base;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /// An answer with a JSON body.
    public record Answer(int status, JsonNode body) {

        public boolean good() {
            return status >= 200 && status < 300;
        }

        /// The code of a refusal, in letters that are safe anywhere.
        public String code() {
            JsonNode code = body.get("code");
            String text = code != null && code.isString() ? code.stringValue() : "";
            return text.matches("[A-Za-z0-9_.-]{1,80}") ? text : "HTTP_" + status;
        }
    }

    /// There is no answer, or none that can be read: it may or may not have been done.
    public static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        /// @param why a word that is safe to log
        public NoAnswer(String why) {
            super(why, null, false, false);
        }
    }

    public Answer get(String path) throws NoAnswer {
        return send(request(path).GET().build());
    }

    public Answer post(String path, Object body, String idempotencyKey) throws NoAnswer {
        return send(request(path)
                .header("content-type", "application/json")
                .header("idempotency-key", idempotencyKey)
                .POST(BodyPublishers.ofString(Json.FACTS.writeValueAsString(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(timeout).header("accept", "application/json");
        return authorization == null ? request : request.header("authorization", authorization);
    }

    private Answer send(HttpRequest request) throws NoAnswer {
        if (!room.tryAcquire()) {
            throw new NoAnswer("TOO_BUSY");
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), json(response));
        } catch (TimeoutException _) {
            throw new NoAnswer("TIMEOUT");
        } catch (ExecutionException failed) {
            throw new NoAnswer(failed.getCause() instanceof IOException ? "CONNECTION" : "FAILED");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("INTERRUPTED");
        } finally {
            sent.cancel(true);
            room.release();
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws NoAnswer {
        try {
            return response.body().length == 0 ? Json.FACTS.createObjectNode() : Json.FACTS.readTree(response.body());
        } catch (JacksonException _) {
            throw new NoAnswer("NOT_JSON_" + response.statusCode());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
