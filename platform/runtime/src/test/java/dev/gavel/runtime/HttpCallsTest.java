package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gavel.runtime.HttpCalls.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCallsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private HttpCalls calls;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        calls = new HttpCalls(uri(), "Bearer secret", TIMEOUT);
    }

    @AfterEach
    void stop() {
        end.countDown();
        calls.close();
        server.stop(0);
    }

    @Test
    void aCallCarriesItsAuthorizationAndItsKey() throws Exception {
        Answer answer = calls.post("/ok", Map.of("a", 1), "key-1");
        assertThat(answer.good()).isTrue();
        assertThat(answer.body().get("done").asBoolean()).isTrue();
        assertThat(heard).containsExactly("POST /ok Bearer secret key-1 {\"a\":1}");
        assertThat(calls.get("/empty").body().isEmpty()).isTrue();
    }

    @Test
    void aRefusalHasItsCodeInSafeLetters() throws Exception {
        assertThat(calls.get("/refused").code()).isEqualTo("NO_MONEY");
        assertThat(calls.get("/rude").code()).isEqualTo("HTTP_400");
        assertThat(calls.get("/moved").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource({"/page, NOT_JSON_200", "/endless, CONNECTION", "/cut, CONNECTION"})
    void whatIsNoAnswerSaysWhyAndNothingThatWasSent(String path, String why) {
        assertThatThrownBy(() -> calls.get(path)).isInstanceOf(NoAnswer.class).hasMessage(why);
    }

    @Test
    void nobodyIsWaitedForLongerThanTheTimeout() {
        try (HttpCalls hasty = new HttpCalls(uri(), null, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> hasty.get("/never"))
                    .isInstanceOf(NoAnswer.class)
                    .message()
                    .isIn("TIMEOUT", "CONNECTION");
        }
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            heard.add(String.join(
                    " ",
                    http.getRequestMethod(),
                    path,
                    http.getRequestHeaders().getFirst("authorization"),
                    http.getRequestHeaders().getFirst("idempotency-key"),
                    new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            switch (path) {
                case "/ok" -> send(http, 200, "{\"done\":true}");
                case "/empty" -> send(http, 204, "");
                case "/refused" -> send(http, 403, "{\"code\":\"NO_MONEY\"}");
                case "/rude" -> send(http, 400, "{\"code\":\"<script>\"}");
                case "/moved" -> {
                    http.getResponseHeaders().set("location", "/ok");
                    send(http, 302, "{}");
                }
                case "/page" -> send(http, 200, "<html>");
                case "/endless" -> send(http, 200, "\"" + "x".repeat(300_000) + "\"");
                case "/never" -> waitForTheEnd();
                default -> {}
            }
        }
    }

    private void waitForTheEnd() {
        try {
            boolean _ = end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange http, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
    }
}
