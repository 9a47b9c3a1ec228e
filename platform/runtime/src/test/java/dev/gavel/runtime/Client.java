package dev.gavel.runtime;

import dev.gavel.events.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A real HTTP client for one host.
final class Client implements AutoCloseable {

    static final String ALICE = "usr_01JDAAAAAAAAAAAAAAAAAAAAAA";
    static final String AUCTION = "auc_01JDAAAAAAAAAAAAAAAAAAAAAA";
    static final String OFFERS = "/v1/auctions/" + AUCTION + "/offers";
    static final String GOOD = "{\"maximum\":{\"amount\":\"1000\",\"currency\":\"KRW\"}}";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;

    Client(FunctionHost host) {
        this.base = host.uri().toString();
    }

    /// A POST of a JSON body by Alice with a new key; headers given replace those.
    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + ALICE)
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    HttpResponse<String> get(String path, String... headers) {
        return method("GET", path, headers);
    }

    HttpResponse<String> method(String method, String path, String... headers) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(java.net.URI.create(base + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    /// The last word of a problem's type.
    static String problem(HttpResponse<String> response) {
        return json(response).get("type").stringValue().replace("https://gavel.dev/problems/", "");
    }

    @Override
    public void close() {
        http.close();
    }
}
