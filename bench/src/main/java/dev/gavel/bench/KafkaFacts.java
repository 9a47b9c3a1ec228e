package dev.gavel.bench;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes facts the way Knative's Kafka broker stores them: CloudEvents in binary mode, one topic.
final class KafkaFacts implements Consumer<Fact<? extends AuctionEvent>>, AutoCloseable {

    static final String TOPIC = "knative-broker-gavel-auctions";
    private static final int PARTITIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    // Kept, as the level goes with it: a client tells all its settings otherwise.
    private static final Logger LOG = Logger.getLogger("org.apache.kafka");

    private final KafkaProducer<byte[], byte[]> producer;

    /// @throws IllegalStateException when Kafka does not make the topic
    KafkaFacts(String bootstrap) throws InterruptedException {
        LOG.setLevel(Level.WARNING);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka at " + bootstrap + " makes no topic", e);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 0, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void accept(Fact<? extends AuctionEvent> fact) {
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(TOPIC, bytes(fact.subject()), Json.MAPPER.writeValueAsBytes(fact.data()));
        Headers headers = event.headers();
        headers.add("content-type", bytes("application/json"));
        headers.add("ce_specversion", bytes("1.0"));
        headers.add("ce_id", bytes(fact.id()));
        headers.add("ce_type", bytes(fact.type()));
        headers.add("ce_source", bytes(fact.source()));
        headers.add("ce_subject", bytes(fact.subject()));
        headers.add("ce_time", bytes(fact.time().toString()));
        headers.add("ce_sequence", bytes(Long.toString(fact.sequence())));
        producer.send(event);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
