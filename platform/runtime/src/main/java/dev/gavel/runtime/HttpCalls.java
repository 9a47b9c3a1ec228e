package dev.gavel.runtime;

import dev.gavel.events.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON calls to a server of somebody else, within the bounds of {@link BoundedHttp}.
public final class HttpCalls implements AutoCloseable {

    private static final int LARGEST_ANSWER = 256 * 1024;

    private final BoundedHttp http;
    private final URI base;
    private final @Nullable String authorization;

    /// @param authorization the header that every call has, if any
    /// @param timeout of one call, from connecting to the last byte
    public HttpCalls(URI base, @Nullable String authorization, Duration timeout) {
        this.http = new BoundedHttp(timeout, LARGEST_ANSWER);
        this.base = base;
        this.authorization = authorization;
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

    public Answer get(String path) throws NoAnswer {
        return answer(request(path).GET());
    }

    public Answer post(String path, Object body, String idempotencyKey) throws NoAnswer {
        return answer(request(path)
                .header("content-type", "application/json")
                .header("idempotency-key", idempotencyKey)
                .POST(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).header("accept", "application/json");
        return authorization == null ? request : request.header("authorization", authorization);
    }

    private Answer answer(HttpRequest.Builder request) throws NoAnswer {
        HttpResponse<byte[]> response = http.send(request);
        return new Answer(response.statusCode(), json(response));
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws NoAnswer {
        try {
            return response.body().length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(response.body());
        } catch (JacksonException _) {
            throw new NoAnswer("NOT_JSON_" + response.statusCode());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
