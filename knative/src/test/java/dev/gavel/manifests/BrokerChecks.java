package dev.gavel.manifests;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// How long events are kept and how hard their delivery is tried.
final class BrokerChecks {

    static final String DEAD_LETTERS = "dead-letters";
    private static final Set<String> DELIVERY_KNOWN =
            Set.of("retry", "backoffPolicy", "backoffDelay", "timeout", "deadLetterSink");
    // A claim on an event outlives a function that died with it by the time of a request, 50 s at most, and 10 s.
    private static final Duration LONGEST_CLAIM = Duration.ofSeconds(60);
    // Of a partition, where order does not matter: max.poll.records of the data plane.
    private static final int RECORDS_IN_FLIGHT = 50;
    private static final Set<String> TOPIC_KNOWN = Set.of(
            "bootstrap.servers",
            "auth.secret.ref.name",
            "default.topic.partitions",
            "default.topic.replication.factor",
            "default.topic.config.min.insync.replicas",
            "default.topic.config.retention.ms");
    // A delivery that wakes a function waits for scheduling, the JVM and the first answer.
    private static final Duration COLD_START = Duration.ofSeconds(10);
    private static final long SHORTEST_RETENTION = Duration.ofDays(1).toMillis();

    private BrokerChecks() {}

    static List<String> deliveries(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document document : tree.documents()) {
            boolean trigger = document.kind().equals("Trigger");
            boolean broker =
                    document.kind().equals("Broker") && !document.name().equals(DEAD_LETTERS);
            if (trigger || broker) {
                delivery(tree, document, problems);
            }
            int allowed = tree.find("Service", document.text("/spec/subscriber/ref/name"))
                    .map(service -> service.content()
                            .at(ServiceChecks.POD + "/timeoutSeconds")
                            .asInt(0))
                    .orElse(0);
            if (trigger && seconds(document, "/spec/delivery/timeout") <= COLD_START.toSeconds()) {
                problems.add(document.where() + " gives a delivery no more time than a cold start takes, "
                        + COLD_START.toSeconds() + " s: it would be made twice");
            }
            if (trigger && seconds(document, "/spec/delivery/timeout") > allowed) {
                problems.add(
                        document.where() + " gives a delivery more time than its Service allows, " + allowed + " s");
            }
        }
        return problems;
    }

    private static void delivery(Tree tree, Document document, List<String> problems) {
        JsonNode delivery = document.content().at("/spec/delivery");
        // Dead letters have no further place to go: they would come round for ever.
        boolean last = document.text("/spec/broker").equals(DEAD_LETTERS);
        Set<String> wanted = new TreeSet<>(DELIVERY_KNOWN);
        if (last) {
            wanted.remove("deadLetterSink");
        }
        Set<String> fields = new TreeSet<>(delivery.propertyNames());
        if (!fields.equals(wanted)) {
            problems.add(
                    document.where() + " must say of its delivery " + wanted + " and nothing else, but says " + fields);
        }
        int retry = delivery.path("retry").asInt(0);
        if (retry < 1
                || retry > 10
                || !delivery.path("backoffPolicy").asString("").matches("exponential|linear")) {
            problems.add(document.where() + " must be retried 1 to 10 times, exponential or linear");
        }
        double patience = patience(document, retry);
        if (patience < 4 * LONGEST_CLAIM.toSeconds()) {
            problems.add(document.where() + " gives up after waiting " + patience + " s in all: it must outlast the"
                    + " claim of a function that died, " + LONGEST_CLAIM.toSeconds() + " s, four times");
        }
        if (seconds(document, "/spec/delivery/timeout") <= 0 || seconds(document, "/spec/delivery/backoffDelay") <= 0) {
            problems.add(document.where() + " needs a timeout and a backoffDelay such as PT0.5S");
        }
        if (last) {
            return;
        }
        if (!EventChecks.target(document, "/spec/delivery/deadLetterSink").equals("Broker " + DEAD_LETTERS)
                || tree.find("Broker", DEAD_LETTERS).isEmpty()) {
            problems.add(document.where() + " drops what it cannot deliver: its dead letters go nowhere");
        }
    }

    /// What the waits before the retries come to, in seconds, as the data plane counts them.
    private static double patience(Document document, int retry) {
        double delay = seconds(document, "/spec/delivery/backoffDelay");
        boolean linear = document.text("/spec/delivery/backoffPolicy").equals("linear");
        return IntStream.rangeClosed(1, Math.min(retry, 10))
                .mapToDouble(n -> delay * (linear ? n : 1 << n))
                .sum();
    }

    static List<String> brokers(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document broker : tree.all("Broker")) {
            JsonNode topic = tree.find("ConfigMap", broker.text("/spec/config/name"))
                    .map(config -> config.content().path("data"))
                    .orElse(broker.content().path("nothing"));
            if (!broker.annotation("", "eventing.knative.dev/broker.class").equals("Kafka") || topic.isMissingNode()) {
                problems.add(broker.where() + " must be of class Kafka and name a ConfigMap that is there");
                continue;
            }
            topic.forEachEntry((key, value) -> {
                if (!value.isString()) {
                    problems.add(broker.where() + " must quote " + key);
                }
                if (!TOPIC_KNOWN.contains(key)) {
                    problems.add(broker.where() + " sets " + key + ", which the Kafka Broker ignores");
                }
            });
            int replicas = topic.path("default.topic.replication.factor").asInt(0);
            int needed = topic.path("default.topic.config.min.insync.replicas").asInt(0);
            if (!tree.small() && (replicas < 3 || needed != replicas - 1)) {
                problems.add(broker.where() + " must keep 3 replicas and need all but one, so that a machine may fail");
            }
            if (topic.path("default.topic.config.retention.ms").asLong(0) < SHORTEST_RETENTION) {
                problems.add(broker.where() + " must keep events a day or longer: retention.ms is in milliseconds");
            }
            int partitions = topic.path("default.topic.partitions").asInt(0);
            for (Document trigger : tree.all("Trigger")) {
                int pods = tree.find("Service", trigger.name())
                        .map(service -> ServiceChecks.number(
                                service.content().at("/spec/template/metadata/annotations"), "max-scale", 0))
                        .orElse(0);
                boolean unordered = trigger.annotation("", "kafka.eventing.knative.dev/delivery.order")
                        .equals("unordered");
                int most = partitions * (unordered ? RECORDS_IN_FLIGHT : 1);
                if (trigger.text("/spec/broker").equals(broker.name()) && pods > most) {
                    problems.add(trigger.where() + " has never more in flight than partitions allow, " + most
                            + ", and needs no more pods");
                }
            }
        }
        return problems;
    }

    private static double seconds(Document document, String pointer) {
        try {
            return Duration.parse(document.text(pointer)).toMillis() / 1000.0;
        } catch (DateTimeParseException e) {
            return -1;
        }
    }
}
