package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawConnectionTest {

    @Test
    void bodiesComeWholeOrInChunks() throws IOException {
        String body = "0123456789\r\n".repeat(2_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            // A length of 0 is one that is not known yet.
            exchange.sendResponseHeaders(201, exchange.getRequestURI().getPath().equals("/chunks") ? 0 : bytes.length);
            exchange.getResponseBody().write(bytes, 0, 100);
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write(bytes, 100, bytes.length - 100);
            exchange.close();
        });
        server.start();
        try (RawConnection connection = new RawConnection(server.getAddress().getPort())) {
            for (String path : new String[] {"/whole", "/chunks", "/chunks", "/whole"}) {
                connection.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

                assertThat(connection.receive()).isEqualTo(new RawConnection.Response(201, body));
            }
        } finally {
            server.stop(0);
        }
    }
}
