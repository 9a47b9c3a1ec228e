package dev.gavel.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Every subscriber of a test: a real HTTP server that keeps what it was sent and answers as told, by path.
final class Inbox implements AutoCloseable {
    static final Reply ACCEPTED = new Reply(202, Map.of(), "");

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

    Inbox() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(requests);
        server.createContext("/", this::receive);
        server.start();
    }

    /// What a subscriber does with the nth delivery, counted from 1, of one event.
    @FunctionalInterface
    interface Behaviour {
        Reply answer(Letter letter, int nth) throws InterruptedException;
    }

    record Reply(int status, Map<String, String> headers, String body) {
        static Reply of(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    record Letter(String path, Map<String, String> headers, String body) {
        String id() {
            return header("ce-id");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    void on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    URI at(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    List<Letter> at(String path, String id) {
        return letters.stream()
                .filter(letter -> letter.path().equals(path) && letter.id().equals(id))
                .toList();
    }

    List<Letter> allAt(String path) {
        return letters.stream().filter(letter -> letter.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var letter = new Letter(exchange.getRequestURI().getPath(), headers, body);
            letters.add(letter);
            var nth = at(letter.path(), letter.id()).size();
            var reply =
                    behaviours.getOrDefault(letter.path(), (_, _) -> ACCEPTED).answer(letter, nth);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
