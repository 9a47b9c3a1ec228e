package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/// A namespace nobody else uses, with a plane that obeys some YAML and an inbox in which every Service `name` is the
/// path `/name`. The YAML says `NS` where the namespace goes.
final class Playground implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String RUN = UUID.randomUUID().toString().substring(0, 6);

    final String namespace;
    final String yaml;
    final Inbox inbox = new Inbox();
    private final Manifests manifests;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable BrokerPlane plane;

    private Playground(String template) {
        namespace = "play-" + RUN + "-" + COUNT.incrementAndGet();
        yaml = template.replace("NS", namespace);
        manifests = manifests(yaml);
    }

    static Playground of(String yaml) {
        return of(yaml, UnaryOperator.identity());
    }

    static Playground of(String yaml, UnaryOperator<BrokerPlane.Options> options) {
        var playground = new Playground(yaml);
        playground.begin(options);
        return playground;
    }

    /// Without a plane, until [#begin()].
    static Playground idle(String yaml) {
        return new Playground(yaml);
    }

    static Manifests manifests(String yaml) {
        try {
            var folder = Files.createTempDirectory("manifests");
            var file = Files.writeString(folder.resolve("all.yaml"), yaml);
            try {
                return Manifests.read(folder);
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A Broker whose topic has this many partitions.
    static String broker(String name, int partitions) {
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kafka-%1$s, namespace: NS}
                data: {default.topic.partitions: "%2$d"}
                ---
                apiVersion: eventing.knative.dev/v1
                kind: Broker
                metadata:
                  name: %1$s
                  namespace: NS
                  annotations: {eventing.knative.dev/broker.class: Kafka}
                spec:
                  config: {apiVersion: v1, kind: ConfigMap, name: kafka-%1$s}
                """.formatted(name, partitions);
    }

    /// A Trigger for the Service of the same name; `more` are further lines of the spec.
    static String trigger(String name, String broker, String more) {
        return """
                ---
                apiVersion: eventing.knative.dev/v1
                kind: Trigger
                metadata: {name: %1$s, namespace: NS}
                spec:
                  broker: %2$s
                  subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: %1$s}}
                """.formatted(name, broker) + more.indent(2);
    }

    static CloudEventBuilder event(String type) {
        return CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withType(type)
                .withSource(URI.create("/tests"))
                .withDataContentType("application/json")
                .withData("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    BrokerPlane plane() {
        return Objects.requireNonNull(plane);
    }

    void begin() {
        begin(UnaryOperator.identity());
    }

    Snapshot.TriggerNumbers numbers(String trigger) {
        return plane().snapshot().trigger(namespace, trigger).orElseThrow();
    }

    /// Publishes in binary mode and returns the id once the ingress has said 202.
    String publish(String broker, CloudEvent event) {
        return publish(plane().ingress(namespace, broker), event);
    }

    String publish(URI ingress, CloudEvent event) {
        var request = HttpRequest.newBuilder(ingress);
        HttpEvents.write(event, request);
        var answer = send(request.build());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return event.getId();
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Stops the plane as an operator would and starts another on the same Kafka.
    void restart() {
        plane().close();
        begin();
    }

    @Override
    public void close() {
        if (plane != null) {
            plane.close();
        }
        inbox.close();
        client.shutdownNow();
    }

    private void begin(UnaryOperator<BrokerPlane.Options> options) {
        try {
            plane = BrokerPlane.start(options.apply(BrokerPlane.Options.of(
                            KafkaForTests.bootstrap(), manifests, subscriber -> inbox.at(subscriber.name()))
                    .withCommitInterval(Duration.ofMillis(100))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
