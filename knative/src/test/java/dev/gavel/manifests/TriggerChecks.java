package dev.gavel.manifests;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What makes a scaler act. Its metadata are texts that no schema knows, and KEDA ignores what is misspelt.
final class TriggerChecks {

    private static final Map<String, Set<String>> KNOWN = Map.of(
            "aws-sqs-queue",
            Set.of(
                    "queueURL",
                    "queueLength",
                    "activationQueueLength",
                    "awsRegion",
                    "awsEndpoint",
                    "scaleOnInFlight",
                    "scaleOnDelayed",
                    "identityOwner"),
            "cron",
            Set.of("timezone", "start", "end", "desiredReplicas"),
            "kafka",
            Set.of(
                    "bootstrapServers",
                    "consumerGroup",
                    "topic",
                    "lagThreshold",
                    "activationLagThreshold",
                    "offsetResetPolicy",
                    "allowIdleConsumers",
                    "excludePersistentLag",
                    "scaleToZeroOnInvalidOffset",
                    "limitToPartitionsWithLag",
                    "version"),
            "prometheus",
            Set.of(
                    "serverAddress",
                    "query",
                    "threshold",
                    "activationThreshold",
                    "namespace",
                    "ignoreNullValues",
                    "timeout"));
    private static final String FIVE_FIELDS = "(\\S+ ){4}\\S+";

    private TriggerChecks() {}

    static void known(Document scaler, List<String> problems) {
        Set<String> names = new HashSet<>();
        boolean measured = false;
        for (JsonNode trigger : scaler.content().at("/spec/triggers")) {
            String type = trigger.path("type").asString("");
            Set<String> known = KNOWN.get(type);
            if (known == null) {
                problems.add(scaler.where() + " acts on " + type + ", which is not known here");
                continue;
            }
            measured |= !type.equals("cron");
            trigger.path("metadata").forEachEntry((name, value) -> {
                if (!value.isString()) {
                    problems.add(scaler.where() + " must quote " + name);
                }
                if (!known.contains(name)) {
                    problems.add(scaler.where() + " sets " + name + ", which the trigger " + type + " ignores");
                }
            });
            String name = trigger.path("name").asString("");
            if (!name.isEmpty() && !names.add(name)) {
                problems.add(scaler.where() + " has two triggers called " + name);
            }
            if (type.equals("cron")) {
                cron(scaler, trigger.path("metadata"), problems);
            }
        }
        if (!measured) {
            problems.add(scaler.where() + " must act on something measured: a clock alone has no fallback");
        }
        String formula = scaler.text("/spec/advanced/scalingModifiers/formula");
        if (!formula.isEmpty() && names.stream().noneMatch(formula::contains)) {
            problems.add(scaler.where() + " has a formula of triggers that have no such name");
        }
        if (scaler.content().at("/spec/idleReplicaCount").asInt(0) != 0) {
            problems.add(scaler.where() + " must not idle with any but 0 replicas");
        }
    }

    private static void cron(Document scaler, JsonNode window, List<String> problems) {
        String start = window.path("start").asString("");
        String end = window.path("end").asString("");
        if (!start.matches(FIVE_FIELDS) || !end.matches(FIVE_FIELDS) || start.equals(end)) {
            problems.add(scaler.where() + " needs a start and another end, of five fields each");
        }
        try {
            ZoneId.of(window.path("timezone").asString(""));
        } catch (DateTimeException e) {
            problems.add(scaler.where() + " keeps the time of "
                    + window.path("timezone").asString("") + ", which is nowhere");
        }
        int wanted = window.path("desiredReplicas").asInt(0);
        if (wanted < 1 || wanted > scaler.content().at("/spec/maxReplicaCount").asInt(0)) {
            problems.add(
                    scaler.where() + " wants " + wanted + " replicas by the clock, which is not within its limits");
        }
    }
}
