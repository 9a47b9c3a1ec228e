package dev.gavel.localstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A subscriber that does not understand anything until it is mended, and remembers what it was sent.
final class Recipient implements AutoCloseable {

    private final HttpServer server;
    private final List<Letter> refused = new CopyOnWriteArrayList<>();
    private final List<Letter> taken = new CopyOnWriteArrayList<>();
    private volatile boolean mended;

    record Letter(Map<String, String> attributes, String data) {
        String id() {
            return attributes.getOrDefault("ce-id", "");
        }
    }

    Recipient() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void mend() {
        mended = true;
    }

    List<Letter> refused(String id) {
        return refused.stream().filter(letter -> letter.id().equals(id)).toList();
    }

    List<Letter> taken(String id) {
        return taken.stream().filter(letter -> letter.id().equals(id)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> attributes = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> attributes.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            attributes.keySet().removeIf(name -> !name.startsWith("ce-") && !name.equals("content-type"));
            String data = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            (mended ? taken : refused).add(new Letter(attributes, data));
            if (mended) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                byte[] reason = "이 사건을 읽을 수 없다".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(400, reason.length);
                exchange.getResponseBody().write(reason);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
