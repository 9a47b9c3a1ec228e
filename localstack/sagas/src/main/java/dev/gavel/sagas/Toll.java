package dev.gavel.sagas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;

/// Stands between the process under test and one server, and asks its {@link Fate} at every request that changes
/// something. Forgetting means that the server is not told which requests are repetitions.
final class Toll implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "upgrade", "transfer-encoding");

    /// What is removed in the background after the answer, at no certain moment: it is not counted.
    private static final String CLEANING = "BatchWriteItem";

    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String name;
    private final URI target;
    private final Fate fate;
    private volatile boolean forgetful;

    Toll(String name, URI target, Fate fate) {
        this.name = name;
        this.target = target;
        this.fate = fate;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void forgetful(boolean now) {
        forgetful = now;
    }

    private void pass(HttpExchange http) throws IOException {
        try (http) {
            byte[] body = http.getRequestBody().readAllBytes();
            String effect = effect(http);
            String noted = effect.isEmpty() ? "" : fate.notes(name + " " + effect);
            if (!noted.isEmpty() && fate.before(noted)) {
                return;
            }
            HttpResponse<byte[]> answer = forward(http, body);
            if (!noted.isEmpty() && fate.after(noted)) {
                return;
            }
            answer.headers().map().forEach((header, values) -> {
                if (!NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT))) {
                    http.getResponseHeaders().put(header, values);
                }
            });
            http.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            http.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange http, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        target.resolve(http.getRequestURI().toString()))
                .timeout(PATIENCE)
                .method(http.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        http.getRequestHeaders().forEach((header, values) -> {
            if (!NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(header, value));
            }
        });
        if (forgetful && http.getRequestHeaders().containsKey("Idempotency-Key")) {
            request.setHeader("Idempotency-Key", UUID.randomUUID().toString());
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /// What a request changes, in a word; nothing when it only asks.
    private static String effect(HttpExchange http) {
        String action = http.getRequestHeaders().getFirst("X-Amz-Target");
        if (action != null) {
            String operation = action.substring(action.indexOf('.') + 1);
            boolean asks = Set.of("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems", "GetQueueUrl")
                    .contains(operation);
            return asks || operation.equals(CLEANING) ? "" : operation;
        }
        return http.getRequestMethod().equals("GET")
                ? ""
                : http.getRequestMethod() + " " + http.getRequestURI().getPath().replaceAll("(ord|tsim)_[^/]+", "$1");
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
