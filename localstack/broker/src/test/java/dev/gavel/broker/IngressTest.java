package dev.gavel.broker;

import static dev.gavel.broker.Playground.await;
import static dev.gavel.broker.Playground.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngressTest {
    private static Playground playground;

    @BeforeAll
    static void start() {
        playground = Playground.of(Playground.broker("bids", 3) + Playground.trigger("reader", "bids", ""));
    }

    @AfterAll
    static void stop() {
        playground.close();
    }

    @Test
    void anEventInBinaryModeIsStoredAndDeliveredWithTheHeadersOfTheDataPlane() {
        var id = playground.publish(
                "bids",
                event("dev.gavel.test.v1")
                        .withSubject("auction-1")
                        .withExtension("partitionkey", "auction-1")
                        .build());

        await().until(() -> !playground.inbox.at("/reader", id).isEmpty());
        var letter = playground.inbox.at("/reader", id).getFirst();
        assertThat(letter.body()).isEqualTo("{\"n\":1}");
        assertThat(letter.headers())
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-type", "dev.gavel.test.v1")
                .containsEntry("ce-source", "/tests")
                .containsEntry("ce-subject", "auction-1")
                .containsEntry("ce-partitionkey", "auction-1")
                .containsEntry("content-type", "application/json")
                .containsEntry("prefer", "reply")
                .containsEntry("kn-namespace", playground.namespace)
                .containsKeys("ce-knativekafkapartition", "ce-knativekafkaoffset");
    }

    @Test
    void anEventInStructuredModeIsDeliveredInBinaryMode() {
        var answer = post("/bids", "application/cloudevents+json; charset=utf-8", """
                {"specversion":"1.0","id":"structured-1","type":"t","source":"/s","partitionkey":"k",
                 "datacontenttype":"application/json","data":{"price":5}}
                """);

        assertThat(answer).isEqualTo(202);
        await().until(() -> !playground.inbox.at("/reader", "structured-1").isEmpty());
        var letter = playground.inbox.at("/reader", "structured-1").getFirst();
        assertThat(letter.body()).isEqualTo("{\"price\":5}");
        assertThat(letter.header("content-type")).isEqualTo("application/json");
        assertThat(letter.header("ce-partitionkey")).isEqualTo("k");
    }

    @Test
    void anEventWithoutDataIsStoredAndDelivered() {
        var id = playground.publish(
                "bids",
                CloudEventBuilder.v1()
                        .withId("empty-1")
                        .withType("t")
                        .withSource(URI.create("/s"))
                        .build());

        await().until(() -> !playground.inbox.at("/reader", id).isEmpty());
        assertThat(playground.inbox.at("/reader", id).getFirst().body()).isEmpty();
    }

    @Test
    void whatIsNoCloudEventIsRefusedWith400() {
        assertThat(post("/bids", "application/json", "{\"price\":5}")).isEqualTo(400);
        assertThat(post("/bids", "application/cloudevents+json", "{\"id\":")).isEqualTo(400);
        assertThat(post("/bids", "application/cloudevents+json", "{\"specversion\":\"1.0\",\"id\":\"1\"}"))
                .isEqualTo(400);
    }

    @Test
    void anUnknownPathIs404AndAnotherMethodIs405() {
        assertThat(post("/nobody", "application/cloudevents+json", "{}")).isEqualTo(404);
        assertThat(post("/bids/more", "application/cloudevents+json", "{}")).isEqualTo(404);
        var get = HttpRequest.newBuilder(playground.plane().ingress(playground.namespace, "bids"))
                .build();
        var answer = playground.send(get);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void anEventAboveOneMebibyteIsRefusedWith413() {
        var large = "{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}";
        assertThat(post("/bids", "application/cloudevents+json", large)).isEqualTo(413);
    }

    @Test
    void theKafkaRecordIsBinaryAndItsKeyIsThePartitionKey() {
        var keyed = playground.publish(
                "bids", event("t").withExtension("partitionkey", "auction-7").build());
        var unkeyed = playground.publish("bids", event("t").build());

        var records = records();
        var first = Objects.requireNonNull(records.get(keyed));
        assertThat(first.key()).isEqualTo("auction-7");
        assertThat(first.value()).isEqualTo("{\"n\":1}");
        assertThat(header(first, "ce_partitionkey")).isEqualTo("auction-7");
        assertThat(header(first, "ce_type")).isEqualTo("t");
        assertThat(header(first, "content-type")).isEqualTo("application/json");
        assertThat(Objects.requireNonNull(records.get(unkeyed)).key()).isNull();
    }

    @Test
    void theNumbersAreThereForAnOperator() {
        var id = playground.publish("bids", event("numbers").build());
        await().until(() -> !playground.inbox.at("/reader", id).isEmpty());

        var health = playground.send(HttpRequest.newBuilder(local("/healthz")).build());
        assertThat(health.statusCode()).isEqualTo(200);
        var metrics = playground.send(HttpRequest.newBuilder(local("/metrics")).build());
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(metrics.body())
                .containsPattern("gavel_broker_ingress_requests_total\\{outcome=\"accepted\"} [1-9]")
                .contains("gavel_broker_trigger_lag{namespace=\"" + playground.namespace + "\",trigger=\"reader\"} ");
        await().until(() -> playground.numbers("reader").lag() == 0);
        assertThat(playground.numbers("reader").delivered()).isPositive();
    }

    private static int post(String path, String contentType, String body) {
        return playground
                .send(HttpRequest.newBuilder(local("/" + playground.namespace + path))
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private static URI local(String path) {
        return URI.create("http://127.0.0.1:" + playground.plane().port() + path);
    }

    private static Map<String, ConsumerRecord<String, String>> records() {
        var settings = new Properties();
        settings.put("bootstrap.servers", KafkaForTests.bootstrap());
        var found = new HashMap<String, ConsumerRecord<String, String>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var topic = "knative-broker-" + playground.namespace + "-bids";
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            assertThat(partitions).hasSize(3);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(it -> found.put(header(it, "ce_id"), it));
            }
        }
        return found;
    }

    private static String header(ConsumerRecord<?, ?> found, String name) {
        return List.of(found.headers().toArray()).stream()
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
