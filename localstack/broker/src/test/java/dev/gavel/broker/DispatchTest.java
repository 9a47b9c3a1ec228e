package dev.gavel.broker;

import static dev.gavel.broker.Playground.await;
import static dev.gavel.broker.Playground.event;
import static dev.gavel.broker.Playground.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.broker.Inbox.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of one event: every answer a subscriber can give, and none.
class DispatchTest {
    private static final String DEAD_LETTERS = "deadLetterSink: {ref: {apiVersion: v1, kind: Service, name: morgue}}";
    private static final String TWICE_MORE = """
            delivery: {retry: 2, backoffPolicy: linear, backoffDelay: PT0.01S, timeout: PT5S, %s}
            """;
    private static final String EVERYTHING = TWICE_MORE.formatted(DEAD_LETTERS);

    private static Playground playground;

    @BeforeAll
    static void start() {
        playground = Playground.of(Playground.broker("facts", 2)
                + Playground.broker("letters", 1)
                + only("status", EVERYTHING)
                + only("json", EVERYTHING)
                + only("detail", EVERYTHING)
                + only("nowhere", "delivery: {retry: 2, backoffPolicy: linear, backoffDelay: PT0.01S}\n")
                + only("slow", EVERYTHING.replace("retry: 2", "retry: 4").replace("PT5S", "PT1S"))
                + only("echo", EVERYTHING)
                + only("quiet", EVERYTHING)
                + only("asks", EVERYTHING)
                + trigger("hears", "facts", "filters: [{exact: {type: reply}}]\n" + EVERYTHING)
                + only("broken-sink", TWICE_MORE.formatted("deadLetterSink: {uri: 'http://127.0.0.1:1/'}"))
                + only(
                        "to-broker",
                        TWICE_MORE.formatted(
                                "deadLetterSink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: letters}}"))
                + trigger("letter-reader", "letters", "")
                + only("large", EVERYTHING)
                + trigger("gone", "facts", "filters: [{exact: {type: gone}}]\n" + EVERYTHING)
                        .replace(
                                "subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: gone}}",
                                "subscriber: {uri: 'http://127.0.0.1:1/gone'}"));
        playground.inbox.on("/status", (letter, _) -> Reply.of(Integer.parseInt(letter.header("ce-subject"))));
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 404, 408, 409, 429})
    void aStatusThatMayPassIsRetriedAndThenADeadLetter(int status) {
        var id = publish("status", Integer.toString(status));

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        assertThat(playground.inbox.at("/status", id)).hasSize(3);
        assertThat(playground.inbox.at("/morgue", id).getFirst().header("ce-knativeerrorcode"))
                .isEqualTo(Integer.toString(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 400, 401, 403, 410, 413, 422})
    void aStatusThatWillNotPassGoesStraightToTheDeadLetters(int status) {
        var id = publish("status", Integer.toString(status));

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        assertThat(playground.inbox.at("/status", id)).hasSize(1);
        assertThat(playground.inbox.at("/morgue", id).getFirst().header("ce-knativeerrorcode"))
                .isEqualTo(Integer.toString(status));
    }

    @Test
    void aRetryThatSucceedsIsNoDeadLetter() {
        playground.inbox.on("/quiet", (_, nth) -> nth < 3 ? Reply.of(503) : Inbox.ACCEPTED);
        var before = playground.numbers("quiet");
        var id = publish("quiet", "s");

        await().until(() -> playground.numbers("quiet").delivered() == before.delivered() + 1);
        assertThat(playground.inbox.at("/quiet", id)).hasSize(3);
        assertThat(playground.inbox.at("/morgue", id)).isEmpty();
        assertThat(playground.numbers("quiet").retried()).isEqualTo(before.retried() + 2);
    }

    @Test
    void aDeadLetterTellsWhereAndWhyItFailed() {
        var page = "sold out: " + "x".repeat(2000);
        playground.inbox.on("/detail", (_, _) -> new Reply(422, Map.of("Kne-Reason", "sold-out", "Other", "no"), page));
        var id = publish("detail", "subject-1");

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        var letter = playground.inbox.at("/morgue", id).getFirst();
        assertThat(letter.body()).isEqualTo("{\"n\":1}");
        assertThat(letter.headers())
                .containsEntry("ce-type", "detail")
                .containsEntry("ce-subject", "subject-1")
                .containsEntry("ce-knativeerrordest", "http://detail." + playground.namespace + ".svc.cluster.local")
                .containsEntry("ce-knativeerrorcode", "422")
                .containsEntry("ce-reason", "sold-out")
                .doesNotContainKey("ce-other");
        assertThat(Base64.getDecoder().decode(letter.header("ce-knativeerrordata")))
                .isEqualTo(page.substring(0, 1024).getBytes(StandardCharsets.UTF_8));
        await().until(() -> playground.numbers("detail").deadLettered() > 0);
    }

    @Test
    void plainJsonWith200IsADeadLetterWithoutRetry() {
        playground.inbox.on(
                "/json", (_, _) -> new Reply(200, Map.of("Content-Type", "application/json"), "{\"done\":true}"));
        var id = publish("json", "s");

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        assertThat(playground.inbox.at("/json", id)).hasSize(1);
        assertThat(playground.inbox.at("/morgue", id).getFirst().headers())
                .containsKey("ce-knativeerrordest")
                .doesNotContainKeys("ce-knativeerrorcode", "ce-knativeerrordata");
    }

    @Test
    void aReplyAboveOneMebibyteIsADeadLetterWithoutRetry() {
        playground.inbox.on("/large", (_, _) -> new Reply(200, Map.of(), "x".repeat(1024 * 1024 + 1)));
        var id = publish("large", "s");

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        assertThat(playground.inbox.at("/large", id)).hasSize(1);
    }

    @Test
    void aReplyIsPublishedAndReachesTheNextTriggerWithItsPartitionKey() {
        playground.inbox.on(
                "/asks",
                (letter, _) -> new Reply(
                        200,
                        Map.of(
                                "ce-specversion", "1.0",
                                "ce-id", "reply-to-" + letter.id(),
                                "ce-type", "reply",
                                "ce-source", "/asks",
                                "ce-partitionkey", "auction-9",
                                "Content-Type", "application/json"),
                        "{\"answer\":42}"));
        var id = publish("asks", "s");

        await().until(() -> !playground.inbox.at("/hears", "reply-to-" + id).isEmpty());
        var reply = playground.inbox.at("/hears", "reply-to-" + id).getFirst();
        assertThat(reply.body()).isEqualTo("{\"answer\":42}");
        assertThat(reply.header("ce-partitionkey")).isEqualTo("auction-9");
        await().until(() -> playground.numbers("asks").replied() > 0);
    }

    @Test
    void anEchoOfTheEventHeadersIsANewEventEveryTime() {
        var enough = new CountDownLatch(20);
        playground.inbox.on("/echo", (letter, _) -> {
            enough.countDown();
            return enough.getCount() == 0 ? Inbox.ACCEPTED : new Reply(202, ceHeaders(letter), "");
        });
        var id = publish("echo", "s");

        await().until(() -> playground.inbox.at("/echo", id).size() >= 20);
        // The control: the same answer without ce-* headers ends it.
        await().untilAsserted(() -> {
            assertThat(playground.numbers("echo").replied()).isEqualTo(19);
            assertThat(playground.numbers("echo").delivered()).isEqualTo(20);
        });
        await().until(() -> playground.numbers("echo").lag() == 0);
        assertThat(playground.inbox.at("/echo", id)).hasSize(20);
    }

    @Test
    void withoutADeadLetterSinkTheEventIsDroppedAndTheOffsetMoves() {
        playground.inbox.on("/nowhere", (_, _) -> Reply.of(500));
        var id = publish("nowhere", "s");

        await().until(() -> playground.numbers("nowhere").dropped() == 1);
        assertThat(playground.inbox.at("/nowhere", id)).hasSize(3);
        assertThat(playground.inbox.at("/morgue", id)).isEmpty();
        await().until(() -> playground.numbers("nowhere").lag() == 0);
    }

    @Test
    void aRefusedConnectionIsRetriedAndThenADeadLetterThatKnowsOnlyTheDestination() {
        var id = publish("gone", "s");

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        assertThat(playground.inbox.at("/morgue", id).getFirst().headers())
                .containsEntry("ce-knativeerrordest", "http://127.0.0.1:1/gone")
                .doesNotContainKeys("ce-knativeerrorcode", "ce-knativeerrordata");
        assertThat(playground.numbers("gone").retried()).isEqualTo(2);
    }

    @Test
    void aSubscriberThatIsTooSlowIsCalledAgainWhileItStillWorks() throws InterruptedException {
        var release = new CountDownLatch(1);
        playground.inbox.on("/slow", (_, _) -> {
            release.await();
            return Inbox.ACCEPTED;
        });
        var id = publish("slow", "s");

        await().until(() -> !playground.inbox.at("/morgue", id).isEmpty());
        // A call may be given up before it arrives.
        assertThat(playground.inbox.at("/slow", id)).hasSizeBetween(2, 5);
        assertThat(playground.inbox.at("/morgue", id).getFirst().headers())
                .containsKey("ce-knativeerrordest")
                .doesNotContainKey("ce-knativeerrorcode");
        release.countDown();
    }

    @Test
    void aDeadLetterSinkThatFailsIsRetriedAndThenTheEventIsDropped() {
        playground.inbox.on("/broken-sink", (_, _) -> Reply.of(400));
        publish("broken-sink", "s");

        await().until(() -> playground.numbers("broken-sink").dropped() == 1);
        assertThat(playground.numbers("broken-sink").retried()).isEqualTo(2);
        await().until(() -> playground.numbers("broken-sink").lag() == 0);
    }

    @Test
    void aBrokerCanBeTheDeadLetterSink() {
        playground.inbox.on("/to-broker", (_, _) -> Reply.of(400));
        var id = publish("to-broker", "s");

        await().until(() -> !playground.inbox.at("/letter-reader", id).isEmpty());
        assertThat(playground.inbox.at("/letter-reader", id).getFirst().header("ce-knativeerrorcode"))
                .isEqualTo("400");
    }

    private static String only(String name, String delivery) {
        return trigger(name, "facts", "filters: [{exact: {type: " + name + "}}]\n" + delivery);
    }

    private static String publish(String type, String subject) {
        return playground.publish("facts", event(type).withSubject(subject).build());
    }

    private static Map<String, String> ceHeaders(Inbox.Letter letter) {
        return letter.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith("ce-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
