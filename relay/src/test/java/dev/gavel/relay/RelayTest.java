package dev.gavel.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import dev.gavel.testkit.SqsForTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Timeout(120)
class RelayTest {

    private static final String EVENT = """
            {"specversion":"1.0","id":"1","source":"/t","type":"dev.gavel.notice.queued.v1","data":{"이름":"값"}}""";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SqsForTests sqs = new SqsForTests();
    private final Settings settings = Settings.of(sqs.settings());
    private final SqsQueues queues = SqsQueues.of(settings);
    private final SqsClient client = SqsClients.of(settings);
    private String url = "";

    @BeforeEach
    void queue() {
        queues.create(client);
        url = queues.url(client, "notifications");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aMessageIsDeliveredAsItIsAndThenGone() throws IOException {
        try (var recipient = new Recipient((_, _) -> 202);
                var _ = relay(recipient, Map.of())) {
            send(EVENT);
            awaitEmpty();
            assertThat(recipient.bodies()).containsExactly(EVENT);
            assertThat(recipient.contentTypes()).containsExactly("application/cloudevents+json; charset=utf-8");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 301, 404, 408, 409, 429, 500, 503})
    void whoCannotTakeItNowGetsItLater(int status) throws IOException {
        try (var recipient = new Recipient((_, time) -> time < 2 ? status : 200);
                var _ = relay(recipient, Map.of())) {
            send(EVENT);
            await().atMost(PATIENCE).until(() -> recipient.bodies().size() == 2);
            awaitEmpty();
            assertThat(count("notifications-failed")).isZero();
        }
    }

    @Test
    void whoNeverAnswersGetsItLater() throws IOException {
        var over = new CountDownLatch(1);
        try (var recipient = new Recipient((_, time) -> {
                    if (time == 1) {
                        boolean _ = over.await(60, TimeUnit.SECONDS);
                    }
                    return 200;
                });
                var _ = relay(recipient, Map.of("GAVEL_RELAY_TIMEOUT", "2"))) {
            send(EVENT);
            await().atMost(PATIENCE).until(() -> recipient.bodies().size() == 2);
            awaitEmpty();
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 410, 413, 422})
    void aPoisonMessageGoesToTheDeadLettersWithTheReason(int status) throws IOException {
        try (var recipient = new Recipient((body, _) -> body.equals("poison") ? status : 202);
                var _ = relay(recipient, Map.of())) {
            send("poison");
            send(EVENT);
            awaitEmpty();
            assertThat(recipient.bodies()).containsExactlyInAnyOrder("poison", EVENT);
            Message dead = client.receiveMessage(request -> request.queueUrl(queues.url(client, "notifications-failed"))
                            .waitTimeSeconds(10)
                            .messageAttributeNames("All"))
                    .messages()
                    .getFirst();
            assertThat(dead.body()).isEqualTo("poison");
            assertThat(dead.messageAttributes())
                    .extractingByKey("gavel-status")
                    .extracting(MessageAttributeValue::stringValue)
                    .isEqualTo("" + status);
            assertThat(dead.messageAttributes())
                    .extractingByKey("gavel-reason")
                    .extracting(MessageAttributeValue::stringValue)
                    .isEqualTo("{\"title\":\"지금은\\n안 됩니다\"}");
        }
    }

    @Test
    void noMoreAreUnderWayThanAllowed() throws IOException {
        var together = new CountDownLatch(3);
        try (var recipient = new Recipient((_, _) -> {
                    together.countDown();
                    boolean _ = together.await(60, TimeUnit.SECONDS);
                    return 202;
                });
                var _ = relay(recipient, Map.of("GAVEL_RELAY_IN_FLIGHT", "3"))) {
            List<String> sent =
                    IntStream.range(0, 40).mapToObj(Integer::toString).toList();
            sent.forEach(this::send);
            awaitEmpty();
            assertThat(recipient.bodies()).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(recipient.most()).isEqualTo(3);
        }
    }

    @Test
    void whatIsUnderWayFinishesWhenTheRelayStops() throws IOException, InterruptedException {
        var arrived = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var recipient = new Recipient((_, _) -> {
            arrived.countDown();
            boolean _ = go.await(60, TimeUnit.SECONDS);
            return 202;
        })) {
            RelayApplication relay = relay(recipient, Map.of());
            send(EVENT);
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            Thread stopping = Thread.ofVirtual().start(relay::drain);
            await().atMost(PATIENCE).until(() -> health(relay, "live") == 503);
            assertThat(health(relay, "ready")).isEqualTo(503);
            send("too late");
            assertThat(stopping.isAlive()).isTrue();
            go.countDown();
            stopping.join();
            assertThat(recipient.bodies()).containsExactly(EVENT);
            assertThat(count("notifications")).isOne();
        }
    }

    @Test
    void aMessageSurvivesTheDeathOfTheRelayThatDeliversIt() throws IOException, InterruptedException {
        var arrived = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        try (var recipient = new Recipient((_, time) -> {
            if (time == 1) {
                arrived.countDown();
                boolean _ = over.await(60, TimeUnit.SECONDS);
            }
            return 202;
        })) {
            Process process = fork(recipient);
            try {
                send(EVENT);
                assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            over.countDown();
            assertThat(count("notifications")).isOne();
            try (var _ = relay(recipient, Map.of())) {
                awaitEmpty();
                assertThat(recipient.bodies()).containsExactly(EVENT, EVENT);
            }
        }
    }

    @Test
    void aQueueThatDoesNotAnswerIsAskedAgain() throws IOException, InterruptedException {
        try (var recipient = new Recipient((_, _) -> 202);
                var relay = relay(recipient, Map.of("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1"))) {
            await().atMost(PATIENCE)
                    .until(() -> page(relay, "/metrics")
                            .lines()
                            .anyMatch(line -> line.matches("gavel_relay_polls_total\\{result=\"failed\"} [1-9].*")));
            assertThat(health(relay, "live")).isEqualTo(200);
            assertThat(health(relay, "ready")).isEqualTo(503);
        }
        try (var recipient = new Recipient((_, _) -> 202);
                var relay = relay(recipient, Map.of())) {
            send(EVENT);
            await().atMost(PATIENCE).until(() -> health(relay, "ready") == 200);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,5", "2,10", "5,80", "8,640", "9,900", "2000000000,900", "0,5"})
    void theWaitDoublesUpToAQuarterOfAnHour(int received, int seconds) {
        RelayOptions options =
                RelayOptions.of(Settings.of(Map.of("GAVEL_QUEUE", "notifications", "K_SINK", "http://127.0.0.1:1")));
        assertThat(options.waitSeconds(received)).isEqualTo(seconds);
        assertThat(options.hiddenSeconds()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({
        "GAVEL_QUEUE,parcels",
        "GAVEL_QUEUE,''",
        "K_SINK,nowhere",
        "GAVEL_RELAY_IN_FLIGHT,0",
        "GAVEL_RELAY_TIMEOUT,0.5",
        "GAVEL_RELAY_BACKOFF,3600"
    })
    void aWrongSettingIsNamed(String setting, String value) {
        Map<String, String> wrong = new HashMap<>(environment(URI.create("http://127.0.0.1:1")));
        wrong.put(setting, value);
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> RelayApplication.settings(wrong))
                .withMessageContaining(setting);
    }

    private RelayApplication relay(Recipient recipient, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(environment(recipient.uri()));
        environment.putAll(more);
        return RelayApplication.start(Settings.of(environment));
    }

    private Map<String, String> environment(URI sink) {
        Map<String, String> environment = new HashMap<>(sqs.settings());
        environment.putAll(Map.of(
                "PORT", "0",
                "GAVEL_HOST", "127.0.0.1",
                "GAVEL_QUEUE", "notifications",
                "K_SINK", sink.toString(),
                "GAVEL_RELAY_TIMEOUT", "60",
                "GAVEL_RELAY_BACKOFF", "1"));
        return environment;
    }

    private Process fork(Recipient recipient) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayApplication.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment(recipient.uri()));
        // What it takes with it is hidden for twice as long.
        builder.environment().put("GAVEL_RELAY_TIMEOUT", "10");
        return builder.start();
    }

    private void send(String body) {
        client.sendMessage(message -> message.queueUrl(url).messageBody(body));
    }

    private void awaitEmpty() {
        await().atMost(PATIENCE).until(() -> count("notifications") == 0);
    }

    /// How many messages are in a queue, hidden or not.
    private int count(String queue) {
        return client
                .getQueueAttributes(request -> request.queueUrl(queues.url(client, queue))
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private static int health(RelayApplication relay, String kind) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request(relay, "/healthz/" + kind), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String page(RelayApplication relay, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request(relay, path), BodyHandlers.ofString()).body();
        }
    }

    private static HttpRequest request(RelayApplication relay, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + path))
                .build();
    }
}
