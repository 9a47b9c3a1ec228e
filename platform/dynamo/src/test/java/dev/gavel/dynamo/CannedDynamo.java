package dev.gavel.dynamo;

import com.sun.net.httpserver.HttpServer;
import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A server on the wire of DynamoDB that gives the answers it was told, the last one for ever, for failures
/// a healthy server never has.
final class CannedDynamo implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String asked = "";
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    CannedDynamo(int status, String... bodies) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int place = Math.min(requests.getAndIncrement(), bodies.length - 1);
            byte[] answer = bodies[place].getBytes(StandardCharsets.UTF_8);
            connections.add(exchange.getRemoteAddress());
            exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /// A server that answers with an error of DynamoDB.
    static CannedDynamo failing(int status, String error, String more) throws IOException {
        return new CannedDynamo(
                status,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\",\"message\":\"canned\"" + more + "}");
    }

    DynamoDbClient client() {
        return client(server.getAddress().getPort());
    }

    static DynamoDbClient client(int port) {
        return DynamoClients.of(Settings.of(Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + port,
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test")));
    }

    int requests() {
        return requests.get();
    }

    /// What the newest request said.
    String asked() {
        return asked;
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
