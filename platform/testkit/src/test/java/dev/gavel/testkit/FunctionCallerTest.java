package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.kernel.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionCallerTest {

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private HttpServer server;
    private FunctionCaller caller;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> seen.put(name.toLowerCase(), values.getFirst()));
            seen.put("line", exchange.getRequestMethod() + " " + exchange.getRequestURI());
            seen.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"title\":\"의자\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(422, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        caller = FunctionCaller.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPostHasTokenKeyAndJson() {
        var answer = caller.withToken("t0k").post("/v1/auctions?x=1", Map.of("title", "의자"), "key-1");
        assertThat(seen)
                .containsEntry("line", "POST /v1/auctions?x=1")
                .containsEntry("authorization", "Bearer t0k")
                .containsEntry("idempotency-key", "key-1")
                .containsEntry("content-type", "application/json")
                .containsEntry("body", "{\"title\":\"의자\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.json().path("title").asString()).isEqualTo("의자");
    }

    @Test
    void aGetHasNeitherKeyNorBody() {
        caller.get("/v1/auctions");
        assertThat(seen).containsEntry("line", "GET /v1/auctions").containsEntry("body", "");
        assertThat(seen).doesNotContainKeys("idempotency-key", "authorization");
    }

    @Test
    void aFactArrivesAsACloudEventInBinaryMode() {
        var user = new UserId("usr_00000000000000000000000000");
        caller.deliver(new Fact<>(
                "/functions/register-user", 3, Instant.EPOCH, new UserRegistered(user, "민수", Instant.EPOCH)));
        assertThat(seen)
                .containsEntry("line", "POST /")
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-id", user + "-3")
                .containsEntry("ce-type", "dev.gavel.user.registered.v1")
                .containsEntry("ce-partitionkey", user.value())
                .containsEntry("ce-sequence", "3");
        assertThat(seen.get("body")).contains("민수");
    }

    @Test
    void aTickArrivesAsOneOfAPingSource() {
        caller.tick();
        assertThat(seen).containsEntry("ce-type", "dev.knative.sources.ping");
    }

    @Test
    void noAnswerIsAFailedTest() {
        server.stop(0);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> caller.get("/"))
                .withMessageContaining("got no answer");
    }
}
