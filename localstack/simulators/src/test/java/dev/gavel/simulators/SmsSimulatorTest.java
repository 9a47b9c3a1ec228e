package dev.gavel.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gavel.simulators.SmsSimulator.Mood;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SmsSimulatorTest {

    private static final String MESSAGE = """
            {"to": "+821012345678", "from": "15880000", "text": "낙찰 \\"1\\"\\n10,000원"}""";

    private final SmsSimulator provider = new SmsSimulator();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void theSameKeySendsOnce() throws Exception {
        assertThat(post("k1", MESSAGE).statusCode()).isEqualTo(202);
        assertThat(post("k1", MESSAGE).statusCode()).isEqualTo(202);
        assertThat(post("k2", MESSAGE).statusCode()).isEqualTo(202);
        assertThat(provider.texts()).extracting(SmsSimulator.Text::times).containsExactly(2, 1);
        assertThat(provider.texts().getFirst().text()).isEqualTo("낙찰 \"1\"\n10,000원");
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI messages = provider.uri().resolve("/messages");
            assertThat(http.send(HttpRequest.newBuilder(messages).build(), BodyHandlers.ofString())
                            .body())
                    .contains("\"key\":\"k2\"", "\"text\":\"낙찰 \\\"1\\\"\\n10,000원\"");
        }
    }

    @Test
    void aLostAnswerIsStillSentOnlyOnce() throws Exception {
        provider.next(Mood.LOSE_THE_ANSWER);
        assertThatIOException().isThrownBy(() -> post("k1", MESSAGE));
        assertThat(post("k1", MESSAGE).statusCode()).isEqualTo(202);
        assertThat(provider.texts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"BE_IN_TROUBLE,503", "REFUSE,422"})
    void badDaysEnd(Mood mood, int status) throws Exception {
        provider.next(mood);
        assertThat(post("k1", MESSAGE).statusCode()).isEqualTo(status);
        assertThat(provider.texts()).isEmpty();
        assertThat(post("k1", MESSAGE).statusCode()).isEqualTo(202);
    }

    @Test
    void whatCannotBeSentIsRefused() throws Exception {
        assertThat(post("k1", MESSAGE.replace("+821012345678", "nobody")).statusCode())
                .isEqualTo(422);
        assertThat(post(" ", MESSAGE).statusCode()).isEqualTo(400);
        assertThat(post("k1", "{}").statusCode()).isEqualTo(400);
        assertThat(post("k1", MESSAGE, "Bearer other").statusCode()).isEqualTo(401);
        assertThat(provider.texts()).isEmpty();
    }

    private HttpResponse<String> post(String key, String body) throws IOException, InterruptedException {
        return post(key, body, "Bearer " + SmsSimulator.TOKEN);
    }

    private HttpResponse<String> post(String key, String body, String token) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(provider.uri().resolve("/v1/messages"))
                            .header("authorization", token)
                            .header("idempotency-key", key)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
