package dev.gavel.simulators;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// A small HTTP server on a free port of the loopback address.
record Web(HttpServer server) implements AutoCloseable {

    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";
    static final int LARGEST_BODY = 64 * 1024;

    static Web serve(HttpHandler serve) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", http -> {
                try (http) {
                    serve.handle(http);
                }
            });
            server.start();
            return new Web(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What was sent, at most 64 KiB of it.
    static byte[] body(HttpExchange http) throws IOException {
        return http.getRequestBody().readNBytes(LARGEST_BODY);
    }

    static void send(HttpExchange http, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("content-type", type);
        http.getResponseHeaders().set("x-content-type-options", "nosniff");
        http.getResponseHeaders().set("referrer-policy", "no-referrer");
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
