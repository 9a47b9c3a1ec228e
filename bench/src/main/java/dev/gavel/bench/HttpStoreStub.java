package dev.gavel.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Stands in for the functions `get-auction` and `replay-auction`.
final class HttpStoreStub implements AutoCloseable {

    private static final String AUCTIONS = "/v1/auctions/";

    private final HttpServer server;
    private final Map<String, BidStream> streams = new ConcurrentHashMap<>();

    HttpStoreStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(AUCTIONS, this::answer);
        server.start();
    }

    void add(BidStream stream) {
        streams.put(stream.auction().value(), stream);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(AUCTIONS.length()).split("/");
        BidStream stream = streams.get(path[0]);
        byte[] body = new byte[0];
        if (stream != null) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            body = path.length == 1
                    ? stream.view()
                    : stream.deltas(Long.parseLong(query.replaceAll(".*after=|&.*", "")));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(stream == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
