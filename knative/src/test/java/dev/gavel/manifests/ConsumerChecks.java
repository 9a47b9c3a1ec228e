package dev.gavel.manifests;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A scaler of a Trigger's Kafka consumers: it knows group and topic by the names the Kafka Broker makes, and takes the
/// place of the scaler the Broker would make by itself.
final class ConsumerChecks {

    private static final String GROUP = "knative-trigger-" + FileChecks.NAMESPACE + "-";
    private static final String TOPIC = "knative-broker-" + FileChecks.NAMESPACE + "-";
    /// Offsets are committed every five seconds, so that much finished work always counts as lag.
    private static final int LEAST_LAG = 10;

    private ConsumerChecks() {}

    static void target(Tree tree, Document scaler, List<String> problems) {
        String name = scaler.text("/spec/scaleTargetRef/name");
        Optional<Document> found =
                name.startsWith(GROUP) ? tree.find("Trigger", name.substring(GROUP.length())) : Optional.empty();
        if (found.isEmpty()) {
            problems.add(scaler.where() + " scales the consumers " + name + ", which are of no Trigger");
            return;
        }
        Document trigger = found.get();
        if (!scaler.text("/spec/scaleTargetRef/apiVersion").equals("internal.kafka.eventing.knative.dev/v1alpha1")) {
            problems.add(scaler.where() + " must name the apiVersion internal.kafka.eventing.knative.dev/v1alpha1");
        }
        if (!trigger.annotation("", "autoscaling.eventing.knative.dev/class").equals("disabled")) {
            problems.add(trigger.where() + " must say autoscaling.eventing.knative.dev/class: disabled, or its scaler "
                    + scaler.name() + " fights with the Broker's own");
        }
        String broker = trigger.text("/spec/broker");
        int partitions = tree.find("ConfigMap", "kafka-broker-" + broker)
                .map(map -> map.content()
                        .path("data")
                        .path("default.topic.partitions")
                        .asInt(0))
                .orElse(0);
        if (scaler.content().at("/spec/maxReplicaCount").asInt(0) > partitions) {
            problems.add(scaler.where() + " may have more consumers than the topic has partitions, " + partitions);
        }
        boolean lag = false;
        for (JsonNode one : scaler.content().at("/spec/triggers")) {
            if (one.path("type").asString("").equals("kafka")) {
                lag = true;
                JsonNode metadata = one.path("metadata");
                same(scaler, metadata, "consumerGroup", name, problems);
                same(scaler, metadata, "topic", TOPIC + broker, problems);
                same(scaler, metadata, "bootstrapServers", tree.setting("KAFKA_BOOTSTRAP_SERVERS"), problems);
                if (metadata.path("lagThreshold").asInt(0) < LEAST_LAG) {
                    problems.add(scaler.where() + " must say a lagThreshold of " + LEAST_LAG
                            + " or more: less never lets go");
                }
            }
        }
        if (!lag) {
            problems.add(scaler.where() + " must act on the lag of its consumers");
        }
    }

    private static void same(Document scaler, JsonNode metadata, String field, String wanted, List<String> problems) {
        String said = metadata.path(field).asString("");
        if (!said.equals(wanted)) {
            problems.add(scaler.where() + " must say " + field + ": " + wanted + ", not " + said);
        }
    }
}
