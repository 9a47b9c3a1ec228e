package dev.gavel.relay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Whoever the messages are for; it answers what the test says and remembers what came.
final class Recipient implements AutoCloseable {

    /// 0 closes the connection without an answer.
    interface Answer {
        int status(String body, int time) throws InterruptedException;
    }

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> contentTypes = new CopyOnWriteArrayList<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Recipient(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", http -> serve(http, answer));
        server.start();
    }

    private void serve(HttpExchange http, Answer answer) throws IOException {
        try (http) {
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(body);
            contentTypes.add(http.getRequestHeaders().getFirst("content-type"));
            int status = decided(answer, body);
            if (status > 0) {
                byte[] reason = "{\"title\":\"지금은\\n안 됩니다\"}\n".getBytes(StandardCharsets.UTF_8);
                http.sendResponseHeaders(status, reason.length);
                http.getResponseBody().write(reason);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int decided(Answer answer, String body) throws InterruptedException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            return answer.status(body, bodies.size());
        } finally {
            // Before the answer is on its way, for whoever reads it may send the next.
            now.decrementAndGet();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /// What came, in order.
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    List<String> contentTypes() {
        return List.copyOf(contentTypes);
    }

    /// How many there were at a time at most.
    int most() {
        return most.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
