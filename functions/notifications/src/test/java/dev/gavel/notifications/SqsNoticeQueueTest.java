package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Settings;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import dev.gavel.testkit.SqsForTests;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.databind.JsonNode;

class SqsNoticeQueueTest {

    @RegisterExtension
    static final SqsForTests SQS = new SqsForTests();

    private static final SqsQueues QUEUES = SqsQueues.of(Settings.of(SQS.settings()));
    private static final SqsClient CLIENT = SqsClients.of(Settings.of(SQS.settings()));

    private final SqsNoticeQueue queue = new SqsNoticeQueue(CLIENT, QUEUES);

    @BeforeAll
    static void create() {
        QUEUES.create(CLIENT);
    }

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @BeforeEach
    void empty() {
        for (String name : List.of("notifications", "notifications-failed")) {
            CLIENT.purgeQueue(purge -> purge.queueUrl(QUEUES.url(CLIENT, name)));
        }
    }

    private static Fact<NoticeQueued> message(Channel channel) {
        return Delivery.first(StoreContract.fresh(Post.BUYER, Post.NOON), channel, Post.NOON)
                .message();
    }

    private static List<Message> take(String name) {
        return CLIENT.receiveMessage(receive -> receive.queueUrl(QUEUES.url(CLIENT, name))
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(60)
                        .messageAttributeNames("All"))
                .messages();
    }

    private static void fail(String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("Number")
                        .stringValue(value)
                        .build()));
        CLIENT.sendMessage(send -> send.queueUrl(QUEUES.url(CLIENT, "notifications-failed"))
                .messageBody(body)
                .messageAttributes(values));
    }

    @Test
    void aMessageIsOneCloudEvent() {
        Fact<NoticeQueued> fact = message(Channel.PUSH);
        queue.put(List.of(fact));
        JsonNode event = Json.MAPPER.readTree(take("notifications").getFirst().body());
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("id").asString()).isEqualTo(fact.id());
        assertThat(event.get("type").asString()).isEqualTo("dev.gavel.notice.queued.v1");
        assertThat(event.get("source").asString()).isEqualTo("/functions/send-notification");
        assertThat(event.get("subject").asString()).isEqualTo(fact.subject());
        assertThat(event.get("sequence").asString()).isEqualTo("1");
        assertThat(Json.MAPPER.treeToValue(event.get("data"), NoticeQueued.class))
                .isEqualTo(fact.data());
    }

    @Test
    void anyNumberOfMessagesIsTaken() {
        queue.put(IntStream.range(0, 23).mapToObj(_ -> message(Channel.EMAIL)).toList());
        int found = 0;
        for (int last = 1; last > 0; found += last) {
            last = take("notifications").size();
        }
        assertThat(found).isEqualTo(23);
        queue.put(List.of());
    }

    @Test
    void whatAnOutageLeftGoesBackAndWhatWasRefusedStays() {
        fail("outage", Map.of());
        fail("again", Map.of("redriven", "4"));
        fail("too often", Map.of("redriven", "5"));
        fail("poison", Map.of("gavel-status", "400"));
        assertThat(queue.redrive(100)).isEqualTo(2);
        assertThat(take("notifications")).extracting(Message::body).containsExactlyInAnyOrder("outage", "again");
        assertThat(queue.redrive(100)).isZero();
    }

    @Test
    void aTickLooksAtABoundedNumber() {
        IntStream.range(0, 25).forEach(i -> fail("outage " + i, Map.of()));
        assertThat(queue.redrive(10)).isLessThanOrEqualTo(10);
    }

    @Test
    void aQueueThatDoesNotAnswerIsUnavailable() {
        Map<String, String> settings = new HashMap<>(SQS.settings());
        settings.put("AWS_ENDPOINT_URL_SQS", URI.create("http://127.0.0.1:1").toString());
        settings.put("GAVEL_SQS_TIMEOUT", "1");
        try (SqsClient nowhere = SqsClients.of(Settings.of(settings))) {
            SqsNoticeQueue lost = new SqsNoticeQueue(nowhere, QUEUES);
            assertThatThrownBy(() -> lost.put(List.of(message(Channel.SMS)))).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> lost.redrive(10)).isInstanceOf(Unavailable.class);
        }
    }
}
