package dev.gavel.localstack;

import dev.gavel.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A caller of the HTTP API, with or without a token.
record Api(URI gateway, @Nullable String token) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /// What came back.
    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        String text(String pointer) {
            return body.at(pointer).asString();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    static Map<String, Object> won(String amount) {
        return Map.of("amount", amount, "currency", "KRW");
    }

    /// Registers somebody and signs them in.
    static Api newUser(URI gateway, String name) {
        String email = name + "-" + UUID.randomUUID() + "@example.com";
        Api nobody = new Api(gateway, null);
        nobody.post("/v1/users", Map.of("email", email, "password", "a-password-" + name, "displayName", name));
        Answer signedIn = nobody.post("/v1/tokens", Map.of("email", email, "password", "a-password-" + name));
        if (signedIn.status() != 200) {
            throw new AssertionError(
                    "sign-in was refused: " + signedIn.response().body());
        }
        return new Api(gateway, signedIn.text("/accessToken"));
    }

    Api with(@Nullable String another) {
        return new Api(gateway, another);
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer post(String path, Map<String, ?> body) {
        return post(path, UUID.randomUUID().toString(), Json.MAPPER.writeValueAsString(body));
    }

    Answer post(String path, String key, String body) {
        return send(request(path)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
