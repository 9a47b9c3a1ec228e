package dev.gavel.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PushSimulatorTest {

    private final PushSimulator service = new PushSimulator();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void whatComesIsKeptWithItsHeaders() throws Exception {
        assertThat(post("s1", "60", 200)).isEqualTo(201);
        PushSimulator.Push push = service.pushes().getFirst();
        assertThat(push.subscription()).isEqualTo("s1");
        assertThat(push.headers()).containsEntry("ttl", "60").containsEntry("topic", "t");
        assertThat(push.body()).hasSize(200);
    }

    @Test
    void aSubscriptionCanBeGoneAndTheServiceInTrouble() throws Exception {
        service.gone("s1");
        service.troubles(1);
        assertThat(post("s2", "60", 1)).isEqualTo(503);
        assertThat(post("s2", "60", 1)).isEqualTo(201);
        assertThat(post("s1", "60", 1)).isEqualTo(410);
        assertThat(service.pushes())
                .extracting(PushSimulator.Push::subscription)
                .containsExactly("s2");
    }

    @Test
    void whatTheStandardForbidsIsRefused() throws Exception {
        assertThat(post("s1", "soon", 1)).isEqualTo(400);
        assertThat(post("s1", "60", 4097)).isEqualTo(413);
        assertThat(service.pushes()).isEmpty();
    }

    private int post(String subscription, String ttl, int length) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(service.endpoint(subscription))
                    .header("ttl", ttl)
                    .header("topic", "t")
                    .POST(BodyPublishers.ofByteArray(new byte[length]))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
