package dev.gavel.broker;

import static dev.gavel.broker.Playground.await;
import static dev.gavel.broker.Playground.event;
import static dev.gavel.broker.Playground.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.broker.Inbox.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TriggerConsumerTest {
    private static final String ORDERED = "metadata: {name: orderly, namespace: NS, annotations: "
            + "{kafka.eventing.knative.dev/delivery.order: ordered}}";

    @Test
    void orderedTheSecondEventOfAPartitionWaitsWhileAnotherPartitionGoesOn() {
        var yaml = Playground.broker("bids", 8)
                + trigger("orderly", "bids", "delivery: {retry: 3, backoffPolicy: linear, backoffDelay: PT0.05S}")
                        .replace("metadata: {name: orderly, namespace: NS}", ORDERED);
        try (var playground = Playground.of(yaml)) {
            var release = new CountDownLatch(1);
            var failures = new AtomicInteger();
            playground.inbox.on("/orderly", (letter, _) -> {
                if (!"first".equals(letter.id())) {
                    return Inbox.ACCEPTED;
                }
                release.await();
                return failures.incrementAndGet() < 3 ? Reply.of(503) : Inbox.ACCEPTED;
            });
            publish(playground, "first", "a");
            publish(playground, "second", "a");
            var others = IntStream.range(0, 20)
                    .mapToObj(n -> publish(playground, "other-" + n, "key-" + n))
                    .toList();

            // "first" hangs. Some of the twenty keys share its partition, the rest must not care.
            await().until(() -> !playground.inbox.at("/orderly", "first").isEmpty());
            var held = partitionOf(playground, "first");
            await().until(() -> others.stream()
                            .filter(id -> !playground.inbox.at("/orderly", id).isEmpty())
                            .count()
                    >= 10);
            assertThat(playground.inbox.at("/orderly", "second")).isEmpty();

            release.countDown();
            await().until(() -> playground.numbers("orderly").delivered() == 22);
            var inPartition = playground.inbox.allAt("/orderly").stream()
                    .filter(letter -> letter.header("ce-knativekafkapartition").equals(held))
                    .toList();
            // Retries block the partition: all attempts of the first come before the second.
            assertThat(inPartition.stream().map(Inbox.Letter::id).limit(4))
                    .containsExactly("first", "first", "first", "second");
            assertThat(inPartition.stream().map(letter -> Long.parseLong(letter.header("ce-knativekafkaoffset"))))
                    .isSorted();
        }
    }

    @Test
    void unorderedFiftyEventsAreUnderWayAtOnceAndNotMore() {
        try (var playground = Playground.of(Playground.broker("bids", 1) + trigger("crowd", "bids", ""))) {
            var release = new CountDownLatch(1);
            playground.inbox.on("/crowd", (_, _) -> {
                release.await();
                return Inbox.ACCEPTED;
            });
            IntStream.range(0, 120).forEach(n -> publish(playground, "event-" + n, "same"));

            await().until(() -> playground.inbox.allAt("/crowd").size() == 50);
            await().untilAsserted(() -> {
                var numbers = playground.numbers("crowd");
                assertThat(numbers.inFlight()).isEqualTo(50);
                assertThat(numbers.lag()).isEqualTo(120);
            });
            assertThat(playground.inbox.allAt("/crowd")).hasSize(50);

            release.countDown();
            await().until(() -> playground.numbers("crowd").lag() == 0);
            assertThat(playground.inbox.allAt("/crowd")).hasSize(120);
        }
    }

    @Test
    void anUnfinishedEventHoldsTheOffsetBack() {
        try (var playground = Playground.of(Playground.broker("bids", 1) + trigger("crowd", "bids", ""))) {
            var release = new CountDownLatch(1);
            playground.inbox.on("/crowd", (letter, _) -> {
                if ("stuck".equals(letter.id())) {
                    release.await();
                }
                return Inbox.ACCEPTED;
            });
            publish(playground, "before", "k");
            publish(playground, "stuck", "k");
            publish(playground, "after-1", "k");
            publish(playground, "after-2", "k");

            await().until(() -> playground.numbers("crowd").delivered() == 3);
            await().until(() -> playground.numbers("crowd").lag() == 3);
            release.countDown();
            await().until(() -> playground.numbers("crowd").lag() == 0);
        }
    }

    @Test
    void filteredEventsMoveTheOffsetAndCount() {
        var yaml = Playground.broker("bids", 1) + trigger("choosy", "bids", "filters: [{prefix: {type: wanted}}]");
        try (var playground = Playground.of(yaml)) {
            playground.publish("bids", event("unwanted").build());
            var id = playground.publish("bids", event("wanted.v1").build());
            playground.publish("bids", event("unwanted").build());

            await().until(() -> playground.numbers("choosy").filtered() == 2);
            await().until(() -> playground.numbers("choosy").lag() == 0);
            assertThat(playground.inbox.allAt("/choosy"))
                    .extracting(Inbox.Letter::id)
                    .containsExactly(id);
        }
    }

    @Test
    void aRecordThatIsNoCloudEventIsDroppedAndBlocksNobody() {
        try (var playground = Playground.of(Playground.broker("bids", 1) + trigger("reader", "bids", ""))) {
            Map<String, Object> settings = Map.of("bootstrap.servers", KafkaForTests.bootstrap());
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                var sent = producer.send(
                        new ProducerRecord<>("knative-broker-" + playground.namespace + "-bids", "rubbish"));
                producer.flush();
                assertThat(sent).isDone();
            }
            publish(playground, "good", "k");

            await().until(() -> playground.inbox.at("/reader", "good").size() == 1);
            assertThat(playground.numbers("reader").dropped()).isEqualTo(1);
            await().until(() -> playground.numbers("reader").lag() == 0);
        }
    }

    @Test
    void anotherPlaneGoesOnWhereAStoppedOneEnded() {
        try (var playground = Playground.of(
                Playground.broker("bids", 2) + trigger("reader", "bids", ""),
                options -> options.withCommitInterval(Duration.ofHours(1)))) {
            var early = publish(playground, "early", "k");
            await().until(() -> playground.numbers("reader").delivered() == 1);

            playground.restart();
            var late = publish(playground, "late", "k");
            await().until(() -> !playground.inbox.at("/reader", late).isEmpty());
            await().until(() -> playground.numbers("reader").delivered() == 1);
            assertThat(playground.inbox.at("/reader", early)).hasSize(1);
        }
    }

    @Test
    void aPlaneThatStopsLetsADeliveryEndAndRemembersIt() throws InterruptedException {
        try (var playground = Playground.of(
                Playground.broker("bids", 1) + trigger("reader", "bids", ""),
                options -> options.withCommitInterval(Duration.ofHours(1)))) {
            var release = new CountDownLatch(1);
            playground.inbox.on("/reader", (_, _) -> {
                release.await();
                return Inbox.ACCEPTED;
            });
            publish(playground, "slow", "k");
            await().until(() -> playground.inbox.at("/reader", "slow").size() == 1);

            var restart = Thread.ofVirtual().start(playground::restart);
            await().until(() -> playground.plane().stopping());
            release.countDown();
            restart.join();
            publish(playground, "next", "k");
            await().until(() -> playground.numbers("reader").delivered() == 1);
            assertThat(playground.inbox.allAt("/reader"))
                    .extracting(Inbox.Letter::id)
                    .containsExactly("slow", "next");
        }
    }

    @Test
    void everythingThatWasNotCommittedIsDeliveredAgainAfterAKill() throws IOException, InterruptedException {
        var yaml = Playground.broker("bids", 4) + trigger("reader", "bids", "delivery: {retry: 3}");
        try (var playground = Playground.idle(yaml)) {
            var sent = new ArrayList<String>();
            try (var doomed = ChildPlane.start(playground)) {
                for (var n = 0; n < 40; n++) {
                    sent.add(doomed.publish(
                            "bids",
                            event("bid")
                                    .withId("bid-" + n)
                                    .withExtension("partitionkey", "k" + n)
                                    .build()));
                }
                await().until(() -> delivered(playground, sent, 1));
                doomed.kill();
            }

            playground.begin();
            await().until(() -> delivered(playground, sent, 2));
            await().until(() -> playground.numbers("reader").delivered() == 40);
        }
    }

    private static boolean delivered(Playground playground, List<String> ids, int times) {
        return ids.stream().allMatch(id -> playground.inbox.at("/reader", id).size() == times);
    }

    private static String publish(Playground playground, String id, String key) {
        return playground.publish(
                "bids",
                event("bid").withId(id).withExtension("partitionkey", key).build());
    }

    private static String partitionOf(Playground playground, String id) {
        return playground.inbox.at("/orderly", id).getFirst().header("ce-knativekafkapartition");
    }
}
