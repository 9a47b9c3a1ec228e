package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossroadsTest {

    private final FunctionAddresses addresses = new FunctionAddresses();
    private final Crossroads crossroads = open(addresses);

    @AfterEach
    void close() {
        crossroads.close();
    }

    @Test
    void anEventGoesToWhereTheServiceIsNow() throws Exception {
        HttpServer first = function(202);
        HttpServer second = function(503);
        try {
            addresses.set(Supervisor.FUNCTIONS, Map.of("deliver-notification", uri(first)));
            HttpResponse<String> answer = post("/deliver-notification");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("application/cloudevents+json / {}");
            addresses.set(Supervisor.FUNCTIONS, Map.of("deliver-notification", uri(second)));
            assertThat(post("/deliver-notification").statusCode()).isEqualTo(503);
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    @Test
    void nobodyThereIsAnOutage() throws Exception {
        addresses.set(Supervisor.FUNCTIONS, Map.of("other", URI.create("http://127.0.0.1:1")));
        assertThat(post("/deliver-notification").statusCode()).isEqualTo(503);
        assertThat(post("/other").statusCode()).isEqualTo(503);
    }

    private static Crossroads open(FunctionAddresses addresses) {
        try {
            return Crossroads.open(addresses);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Answers with what it was sent.
    private static HttpServer function(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", http -> {
            try (http) {
                String said = http.getRequestHeaders().getFirst("content-type") + " "
                        + http.getRequestURI().getPath() + " "
                        + new String(http.getRequestBody().readAllBytes());
                http.sendResponseHeaders(status, said.length());
                http.getResponseBody().write(said.getBytes());
            }
        });
        server.start();
        return server;
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(crossroads.uri().resolve(path))
                            .header("content-type", "application/cloudevents+json")
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
