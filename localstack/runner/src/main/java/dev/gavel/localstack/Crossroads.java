package dev.gavel.localstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands for the cluster's names and its activator: an event posted to `/<service>` goes to wherever that Service is
/// now, waiting for one that is coming back.
final class Crossroads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Crossroads.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// The largest message of SQS.
    private static final int LARGEST = 1024 * 1024;

    private final FunctionAddresses addresses;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private Crossroads(FunctionAddresses addresses, HttpServer server) {
        this.addresses = addresses;
        this.server = server;
    }

    static Crossroads open(FunctionAddresses addresses) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Crossroads crossroads = new Crossroads(addresses, server);
        server.createContext("/", crossroads::pass);
        server.start();
        return crossroads;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void pass(HttpExchange http) throws IOException {
        try (http) {
            String service = http.getRequestURI().getPath().substring(1);
            byte[] body = http.getRequestBody().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                http.sendResponseHeaders(413, -1);
                return;
            }
            HttpResponse<byte[]> answer;
            try {
                answer = client.send(request(addresses.await(service), http, body), BodyHandlers.ofByteArray());
            } catch (IllegalStateException | IOException trouble) {
                LOG.warn("{} cannot be reached: {}", service, trouble.toString());
                http.sendResponseHeaders(503, -1);
                return;
            }
            http.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            http.getResponseBody().write(answer.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest request(URI function, HttpExchange http, byte[] body) {
        String type = http.getRequestHeaders().getFirst("content-type");
        return HttpRequest.newBuilder(function.resolve("/"))
                .timeout(PATIENCE)
                .header("content-type", type == null ? "application/octet-stream" : type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
        client.close();
    }
}
