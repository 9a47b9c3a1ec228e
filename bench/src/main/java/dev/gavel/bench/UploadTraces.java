package dev.gavel.bench;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Json;
import dev.gavel.events.PictureEvent.PictureRejected;
import dev.gavel.events.PictureEvent.PictureResized;
import dev.gavel.runtime.Settings;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;

/// What uploads leave behind on a platform: what was told of each, what waits in the queues, and the files that are
/// still where they were uploaded to.
final class UploadTraces {

    private static final String TOPIC = "knative-broker-gavel-media";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> DECISIONS =
            Set.of(EventCatalog.type(PictureResized.class), EventCatalog.type(PictureRejected.class));
    private static final List<QueueAttributeName> WAITING = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);

    // Kept, as the level goes with it: a client tells all its settings otherwise.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private final JsonNode ports;

    /// @param run the folder of the platform
    UploadTraces(Path run) throws IOException {
        KAFKA.setLevel(Level.WARNING);
        this.ports = Json.MAPPER.readTree(Files.readString(run.resolve("backends.json")));
    }

    /// The messages of a queue, those included that somebody has taken and not yet done with.
    long messages(String queue) {
        Settings settings = settings("SQS", "sqs");
        try (SqsClient client = SqsClients.of(settings)) {
            String url = SqsQueues.of(settings).url(client, queue);
            return client
                    .getQueueAttributes(get -> get.queueUrl(url).attributeNames(WAITING))
                    .attributes()
                    .values()
                    .stream()
                    .mapToLong(Long::parseLong)
                    .sum();
        }
    }

    /// How many files nobody has looked at yet.
    long files() {
        Settings settings = settings("S3", "s3");
        try (S3Client client = S3Clients.of(settings)) {
            String bucket = S3Buckets.of(settings).name("uploads");
            return client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                    .filter(object -> object.key().startsWith("uploads/"))
                    .count();
        }
    }

    /// What was decided of each picture: the ids of the facts, of which there must be one. A fact that is published
    /// once more has the id it had.
    Map<String, Set<String>> decisions() {
        Map<String, Set<String>> decisions = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port("kafka"), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC, PATIENCE).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition, PATIENCE) < ends.getOrDefault(partition, 0L))) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the facts about pictures cannot be read to their end");
                }
                consumer.poll(Duration.ofSeconds(1)).forEach(event -> {
                    if (DECISIONS.contains(header(event, "ce_type"))) {
                        decisions
                                .computeIfAbsent(header(event, "ce_subject"), _ -> new HashSet<>())
                                .add(header(event, "ce_source") + " " + header(event, "ce_id"));
                    }
                });
            }
        }
        return decisions;
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private Settings settings(String service, String backend) {
        return Settings.of(Map.of(
                "AWS_ENDPOINT_URL_" + service,
                "http://127.0.0.1:" + port(backend),
                "AWS_REGION",
                "ap-northeast-2",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test"));
    }

    private int port(String backend) {
        return ports.path(backend).asInt();
    }
}
