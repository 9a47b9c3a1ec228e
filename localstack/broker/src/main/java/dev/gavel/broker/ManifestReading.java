package dev.gavel.broker;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Turns documents into Brokers, Triggers and PingSources, refusing what the data plane would refuse or misread.
final class ManifestReading {
    private static final int DEFAULT_PARTITIONS = 10;
    private static final String EVENTING = "eventing.knative.dev/";

    private final List<Document> documents;

    ManifestReading(List<Document> documents) {
        this.documents = documents;
    }

    Broker broker(Document document) {
        var resource = Fields.of(document);
        var brokerClass = resource.annotation("eventing.knative.dev/broker.class");
        if (!"Kafka".equals(brokerClass)) {
            throw resource.wrong(
                    "metadata.annotations", "must say 'eventing.knative.dev/broker.class: Kafka', the only class here");
        }
        var spec = resource.optionalMap("spec");
        spec.ifPresent(fields -> fields.only("config", "delivery"));
        return new Broker(
                document.namespace(),
                resource.map("metadata").text("name"),
                spec.flatMap(fields -> fields.optionalMap("config"))
                        .map(this::partitions)
                        .orElse(DEFAULT_PARTITIONS),
                spec.flatMap(fields -> fields.optionalMap("delivery"))
                        .map(this::delivery)
                        .orElse(Delivery.DEFAULT));
    }

    Trigger trigger(Document document, BiFunction<String, String, Optional<Broker>> brokers) {
        var resource = Fields.of(document);
        var spec = resource.map("spec").only("broker", "filter", "filters", "subscriber", "delivery");
        var broker = brokers.apply(document.namespace(), spec.text("broker"))
                .orElseThrow(() -> spec.wrong(
                        "broker",
                        "names the Broker " + document.namespace() + "/" + spec.text("broker")
                                + ", which none of the files declares"));
        var order = resource.annotation("kafka.eventing.knative.dev/delivery.order");
        if (!List.of("", "ordered", "unordered").contains(order)) {
            throw resource.wrong(
                    "metadata.annotations",
                    "must say 'kafka.eventing.knative.dev/delivery.order: ordered' or 'unordered', not '" + order
                            + "'");
        }
        return new Trigger(
                document.namespace(),
                resource.map("metadata").text("name"),
                broker,
                FilterReading.of(spec),
                "ordered".equals(order),
                destination(spec.map("subscriber")),
                spec.optionalMap("delivery").map(this::delivery).orElse(broker.delivery()));
    }

    PingSource pingSource(Document document) {
        var resource = Fields.of(document);
        var spec = resource.map("spec")
                .only("schedule", "timezone", "contentType", "data", "dataBase64", "ceOverrides", "sink");
        var zone = zone(spec);
        return new PingSource(
                document.namespace(),
                resource.map("metadata").text("name"),
                schedule(spec),
                zone,
                spec.optionalText("contentType", "application/json"),
                data(spec),
                spec.optionalMap("ceOverrides")
                        .flatMap(overrides -> overrides.only("extensions").optionalMap("extensions"))
                        .map(Fields::texts)
                        .map(Map::copyOf)
                        .orElse(Map.of()),
                destination(spec.map("sink")));
    }

    /// Refuses a dead letter sink or PingSource sink that is a Broker nobody declares.
    void requireDeclared(
            Destination destination, Document document, BiFunction<String, String, Optional<Broker>> brokers) {
        if (destination instanceof Destination.Ingress(var namespace, var broker)
                && brokers.apply(namespace, broker).isEmpty()) {
            throw new WrongManifest(document.where() + ": sends to the Broker " + namespace + "/" + broker
                    + ", which none of the files declares.");
        }
    }

    private int partitions(Fields config) {
        config.only("apiVersion", "kind", "name", "namespace");
        var namespace = config.optionalText("namespace", config.document().namespace());
        var name = config.text("name");
        var configMap = documents.stream()
                .filter(document -> "ConfigMap".equals(document.kind())
                        && document.name().equals(name)
                        && document.namespace().equals(namespace))
                .findFirst()
                .orElseThrow(() -> config.wrong(
                        "name",
                        "names the ConfigMap " + namespace + "/" + name + ", which none of the files declares"));
        var data = Fields.of(configMap).map("data");
        var partitions = data.number("default.topic.partitions", DEFAULT_PARTITIONS);
        if (partitions == 0) {
            throw data.wrong("default.topic.partitions", "must be 1 or more");
        }
        return partitions;
    }

    private Delivery delivery(Fields delivery) {
        delivery.only("retry", "backoffPolicy", "backoffDelay", "timeout", "deadLetterSink", "retryAfterMax", "format");
        var policy = delivery.optionalText("backoffPolicy", "exponential");
        return new Delivery(
                delivery.number("retry", Delivery.DEFAULT.retry()),
                switch (policy) {
                    case "linear" -> Delivery.BackoffPolicy.LINEAR;
                    case "exponential" -> Delivery.BackoffPolicy.EXPONENTIAL;
                    default ->
                        throw delivery.wrong("backoffPolicy", "must be linear or exponential, not '" + policy + "'");
                },
                delivery.duration("backoffDelay", Delivery.DEFAULT.backoffDelay()),
                timeout(delivery),
                delivery.optionalMap("deadLetterSink").map(this::destination));
    }

    private static Duration timeout(Fields delivery) {
        var timeout = delivery.duration("timeout", Delivery.DEFAULT.timeout());
        // The data plane reads zero as "not set".
        return timeout.isZero() ? Delivery.DEFAULT.timeout() : timeout;
    }

    private Destination destination(Fields destination) {
        destination.only("ref", "uri", "CACerts", "audience");
        var uri = destination.optionalText("uri", "");
        var ref = destination.optionalMap("ref");
        return ref.isPresent() ? referenced(ref.get(), uri) : absolute(destination);
    }

    private static Destination referenced(Fields ref, String path) {
        ref.only("apiVersion", "kind", "name", "namespace");
        var kind = ref.text("kind");
        var apiVersion = ref.text("apiVersion");
        var namespace = ref.optionalText("namespace", ref.document().namespace());
        if ("Broker".equals(kind) && apiVersion.startsWith(EVENTING)) {
            if (!path.isEmpty()) {
                throw ref.wrong("kind", "is a Broker, which takes no uri beside it");
            }
            return new Destination.Ingress(namespace, ref.text("name"));
        }
        if ("Service".equals(kind) && (apiVersion.startsWith("serving.knative.dev/") || "v1".equals(apiVersion))) {
            if (path.contains("://")) {
                throw ref.wrong("kind", "is a Service, so the uri beside it must be a path");
            }
            return new Destination.Subscriber(apiVersion, namespace, ref.text("name"), path);
        }
        throw ref.wrong(
                "kind",
                "must be a Service (serving.knative.dev/v1 or v1) or a Broker (eventing.knative.dev/v1), not " + kind
                        + " of " + apiVersion);
    }

    private static Destination absolute(Fields destination) {
        var text = destination.text("uri");
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return new Destination.Absolute(uri);
            }
        } catch (IllegalArgumentException e) {
            throw (WrongManifest) destination
                    .wrong("uri", "is not an address: '" + text + "'")
                    .initCause(e);
        }
        throw destination.wrong("uri", "must be an absolute http or https address where there is no ref");
    }

    private static Cron schedule(Fields spec) {
        try {
            var cron = Cron.parse(spec.text("schedule"));
            if (cron.next(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                    .isPresent()) {
                return cron;
            }
        } catch (IllegalArgumentException e) {
            if (e instanceof WrongManifest) {
                throw e;
            }
            throw (WrongManifest)
                    spec.wrong("schedule", "cannot be read: " + e.getMessage()).initCause(e);
        }
        throw spec.wrong("schedule", "never comes");
    }

    private static ZoneId zone(Fields spec) {
        try {
            return ZoneId.of(spec.optionalText("timezone", "UTC"));
        } catch (DateTimeException e) {
            throw (WrongManifest) spec.wrong("timezone", "is not a time zone such as Europe/London")
                    .initCause(e);
        }
    }

    private static byte[] data(Fields spec) {
        if (spec.has("data") && spec.has("dataBase64")) {
            throw spec.wrong("data", "and dataBase64 exclude each other");
        }
        if (!spec.has("dataBase64")) {
            return spec.optionalText("data", "").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(spec.text("dataBase64"));
        } catch (IllegalArgumentException e) {
            throw (WrongManifest) spec.wrong("dataBase64", "is not base64").initCause(e);
        }
    }
}
