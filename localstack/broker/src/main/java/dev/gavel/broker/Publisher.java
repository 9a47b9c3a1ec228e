package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Writes events to the topic of a Broker in binary content mode and returns once every in-sync replica has them.
final class Publisher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int ROOM_FOR_ATTRIBUTES = 64 * 1024;

    private final KafkaProducer<@Nullable String, byte[]> producer;

    Publisher(String kafkaBootstrap) {
        // As the data plane is configured: not idempotent, so a lost answer may store an event twice.
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafkaBootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "gavel-broker-ingress",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        false,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        2_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MEBIBYTE + ROOM_FOR_ATTRIBUTES),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void publish(Broker broker, CloudEvent event) throws NotStored, InterruptedException {
        var key = event.getExtension("partitionkey") instanceof Object partitionKey ? partitionKey.toString() : null;
        try {
            producer.send(KafkaMessageFactory.<@Nullable String>createWriter(broker.topic(), key)
                            .writeBinary(event))
                    .get(PATIENCE.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw notStored(broker, e.getCause() == null ? e : e.getCause());
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException("the plane stops").initCause(e);
        } catch (KafkaException | TimeoutException e) {
            throw notStored(broker, e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private static NotStored notStored(Broker broker, Throwable cause) {
        return new NotStored(
                "Kafka did not store an event in " + broker.topic() + ": " + cause.getMessage(),
                cause,
                cause instanceof RecordTooLargeException);
    }
}
