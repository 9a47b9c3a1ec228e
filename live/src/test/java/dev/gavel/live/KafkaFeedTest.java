package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.backends.Backends;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.MarketEvent;
import dev.gavel.runtime.Tracer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaFeedTest {

    private final String bootstrap = Backends.shared("kafka").getAuthority();
    private final String topic = "auctions-" + UUID.randomUUID();
    private final World world = new World();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final List<Fact<? extends MarketEvent>> first = new CopyOnWriteArrayList<>();
    private final List<Fact<? extends MarketEvent>> second = new CopyOnWriteArrayList<>();

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void disconnect() {
        producer.close(Duration.ofSeconds(5));
    }

    private void publish(String type, byte[] data, String... headers) throws Exception {
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(topic, world.id.value().getBytes(StandardCharsets.UTF_8), data);
        event.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < headers.length; i += 2) {
            event.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        producer.send(event).get(30, TimeUnit.SECONDS);
    }

    private void publish(Fact<? extends AuctionEvent> fact) throws Exception {
        publish(
                fact.type(),
                Json.MAPPER.writeValueAsBytes(fact.data()),
                "ce_source",
                fact.source(),
                "ce_sequence",
                Long.toString(fact.sequence()),
                "ce_time",
                fact.time().toString());
    }

    @Test
    void everyReplicaReadsEveryFactFromTheMomentItIsReady() throws Exception {
        publish(world.bid(world.anna));
        try (KafkaFeed one = new KafkaFeed(bootstrap, List.of(topic), first::add, Tracer.OFF);
                KafkaFeed other = new KafkaFeed(bootstrap, List.of(topic), second::add, Tracer.OFF)) {
            one.start();
            other.start();
            assertThat(one.awaitReading(Duration.ofSeconds(60))).isTrue();
            assertThat(other.awaitReading(Duration.ofSeconds(60))).isTrue();
            Fact<? extends AuctionEvent> bid = world.bid(world.bora);
            publish(bid);
            publish("dev.gavel.user.registered.v1", "{}".getBytes(StandardCharsets.UTF_8));
            publish(bid.type(), "no json".getBytes(StandardCharsets.UTF_8), "ce_sequence", "9");
            Fact<? extends AuctionEvent> closed = world.close();
            publish(closed);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> first.size() == 2 && second.size() == 2);
            assertThat(first).containsExactly(bid, closed);
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void aTopicThatIsNotThereYetIsWaitedFor() throws Exception {
        try (KafkaFeed feed = new KafkaFeed(bootstrap, List.of(topic + "-later"), first::add, Tracer.OFF)) {
            feed.start();
            assertThat(feed.reading()).isFalse();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrap))) {
                admin.createTopics(List.of(new NewTopic(topic + "-later", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            assertThat(feed.awaitReading(Duration.ofSeconds(60))).isTrue();
        }
    }
}
