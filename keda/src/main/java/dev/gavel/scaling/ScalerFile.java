package dev.gavel.scaling;

import dev.gavel.scaling.HpaRules.Kind;
import dev.gavel.scaling.HpaRules.Policy;
import dev.gavel.scaling.HpaRules.Select;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads a ScaledObject from the file operators tune: what is simulated is what is deployed.
final class ScalerFile {

    // A fallback is for when nothing can be asked, which does not happen in a simulation.
    private static final Set<String> KNOWN = Set.of(
            "scaleTargetRef",
            "pollingInterval",
            "cooldownPeriod",
            "initialCooldownPeriod",
            "idleReplicaCount",
            "minReplicaCount",
            "maxReplicaCount",
            "fallback",
            "advanced",
            "triggers");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path file;

    private ScalerFile(Path file) {
        this.file = file;
    }

    /// @param partitions of the topic, for lag
    /// @throws IllegalArgumentException when there is something that is not modelled; the message
    /// says where
    static Scaler read(Path file, List<String> lines, int partitions) {
        try {
            return new ScalerFile(file).scaler(YAML.readTree(String.join("\n", lines)), partitions);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getOriginalMessage(), e);
        }
    }

    private Scaler scaler(JsonNode content, int partitions) {
        if (!content.path("kind").asString("").equals("ScaledObject")) {
            throw wrong("it is no ScaledObject");
        }
        JsonNode spec = content.path("spec");
        spec.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("it does not know '" + name + "'");
                });
        JsonNode behavior = spec.at("/advanced/horizontalPodAutoscalerConfig/behavior");
        if (!spec.at("/advanced/scalingModifiers").isMissingNode()) {
            throw wrong("scalingModifiers are not modelled");
        }
        List<Trigger> triggers = new ArrayList<>();
        spec.path("triggers").forEach(trigger -> triggers.add(trigger(trigger, partitions)));
        return new Scaler(
                content.at("/metadata/name").asString(""),
                spec.path("pollingInterval").asInt(30),
                spec.path("cooldownPeriod").asInt(300),
                spec.path("initialCooldownPeriod").asInt(0),
                spec.path("idleReplicaCount").isMissingNode()
                        ? null
                        : spec.path("idleReplicaCount").asInt(),
                spec.path("minReplicaCount").asInt(0),
                spec.path("maxReplicaCount").asInt(100),
                rules(
                        behavior.path("scaleUp"),
                        behavior.isMissingNode() ? HpaRules.WITHOUT_BEHAVIOR : HpaRules.DEFAULT_UP),
                rules(behavior.path("scaleDown"), HpaRules.DEFAULT_DOWN),
                triggers);
    }

    private HpaRules rules(JsonNode node, HpaRules otherwise) {
        if (node.isMissingNode()) {
            return otherwise;
        }
        List<Policy> policies = new ArrayList<>();
        node.path("policies")
                .forEach(policy -> policies.add(new Policy(
                        kind(policy.path("type").asString("")),
                        policy.path("value").asInt(),
                        policy.path("periodSeconds").asInt())));
        return new HpaRules(
                node.path("stabilizationWindowSeconds").asInt(otherwise.stabilizationSeconds()),
                policies.isEmpty() ? otherwise.policies() : policies,
                select(node.path("selectPolicy").asString("Max")),
                node.path("tolerance").asDouble(HpaRules.TOLERANCE));
    }

    private Kind kind(String type) {
        return switch (type) {
            case "Pods" -> Kind.PODS;
            case "Percent" -> Kind.PERCENT;
            default -> throw wrong("a policy is of type Pods or Percent, not '" + type + "'");
        };
    }

    private Select select(String policy) {
        return switch (policy) {
            case "Max" -> Select.MAX;
            case "Min" -> Select.MIN;
            case "Disabled" -> Select.DISABLED;
            default -> throw wrong("selectPolicy is Max, Min or Disabled, not '" + policy + "'");
        };
    }

    private Trigger trigger(JsonNode trigger, int partitions) {
        JsonNode metadata = trigger.path("metadata");
        String type = trigger.path("type").asString("");
        String metric = trigger.path("metricType").asString("AverageValue");
        if (!metric.equals("AverageValue")) {
            throw wrong("metricType " + metric + " is not modelled");
        }
        try {
            return switch (type) {
                case "kafka" ->
                    new Trigger.Kafka(
                            number(metadata, "lagThreshold", 10),
                            number(metadata, "activationLagThreshold", 0),
                            partitions,
                            metadata.path("allowIdleConsumers")
                                    .asString("false")
                                    .equals("true"));
                case "aws-sqs-queue" ->
                    new Trigger.Sqs(
                            number(metadata, "queueLength", 5),
                            number(metadata, "activationQueueLength", 0),
                            metadata.path("scaleOnInFlight").asString("true").equals("true"));
                case "prometheus" ->
                    new Trigger.Prometheus(
                            metadata.path("query").asString(""),
                            number(metadata, "threshold", -1),
                            number(metadata, "activationThreshold", 0));
                case "cron" ->
                    new Trigger.CronWindow(
                            ZoneId.of(metadata.path("timezone").asString("")),
                            Cron.of(metadata.path("start").asString("")),
                            Cron.of(metadata.path("end").asString("")),
                            (int) number(metadata, "desiredReplicas", -1));
                default -> throw wrong("a trigger of type '" + type + "' is not modelled");
            };
        } catch (DateTimeException e) {
            throw wrong("the timezone of a cron trigger is none: " + e.getMessage());
        }
    }

    private double number(JsonNode metadata, String name, double otherwise) {
        JsonNode value = metadata.path(name);
        if (value.isMissingNode() && otherwise >= 0) {
            return otherwise;
        }
        try {
            return Double.parseDouble(value.asString(""));
        } catch (NumberFormatException e) {
            throw wrong(name + " must be a number in quotes");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file + " cannot be simulated: " + what + ".");
    }
}
