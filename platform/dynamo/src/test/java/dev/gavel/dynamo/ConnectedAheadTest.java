package dev.gavel.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.FewRoots;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ConnectedAheadTest {

    private record Request(String method, int port) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    private HttpsServer server;
    private volatile int healthy = 200;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        FewRoots roots = FewRoots.in(folder);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(roots.store())) {
            store.load(in, null);
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trusted.getTrustManagers(), null);
        HttpsURLConnection.setDefaultSSLSocketFactory(trusting.getSocketFactory());

        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 8);
        server.setHttpsConfigurator(new HttpsConfigurator(roots.context()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.add(new Request(
                    exchange.getRequestMethod(), exchange.getRemoteAddress().getPort()));
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? healthy : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }

    private Settings settings() {
        return Settings.of(Map.of(
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL_DYNAMODB",
                        "https://127.0.0.1:" + server.getAddress().getPort()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 503})
    void theFirstRequestGoesOverTheConnectionThatIsThereAlready(int answer) {
        healthy = answer;
        try (DynamoDbClient client = DynamoClients.connected(settings())) {
            client.listTables();
        }
        assertThat(requests).extracting(Request::method).containsExactly("GET", "POST");
        assertThat(requests)
                .extracting(Request::port)
                .containsOnly(requests.getFirst().port());
    }

    @Test
    void itConnectsBeforeAnybodyAsks() {
        try (DynamoDbClient _ = DynamoClients.connected(settings())) {
            await().until(() -> !requests.isEmpty());
        }
    }

    /// What the others show has a control: without it there is one request, by its own connection.
    @Test
    void aClientThatWasNotToldToDoesNot() {
        try (DynamoDbClient client = DynamoClients.of(settings())) {
            client.listTables();
        }
        assertThat(requests).extracting(Request::method).containsExactly("POST");
    }
}
