package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What is said of the scalers, KEDA's ScaledObjects.
final class ScalerChecks {

    private static final String TARGET = "/spec/scaleTargetRef";
    /// So that one may go.
    private static final int FEWEST = 2;

    private static final int MOST = 100;

    private ScalerChecks() {}

    /// The scaler of a Deployment.
    static Optional<Document> of(Tree tree, Document deployment) {
        return tree.all("ScaledObject").stream()
                .filter(scaler -> kind(scaler).equals("Deployment")
                        && scaler.text(TARGET + "/name").equals(deployment.name()))
                .findFirst();
    }

    static List<String> target(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (Document scaler : tree.all("ScaledObject")) {
            String name = scaler.text(TARGET + "/name");
            if (!scaler.file().equals(Tree.SCALERS + "/" + scaler.name() + ".yaml")) {
                problems.add(scaler.where() + " belongs into " + Tree.SCALERS + "/");
            }
            if (kind(scaler).equals("ConsumerGroup")) {
                ConsumerChecks.target(tree, scaler, problems);
            } else if (!kind(scaler).equals("Deployment")) {
                problems.add(scaler.where() + " scales a " + kind(scaler)
                        + ": only a Deployment or a Trigger's ConsumerGroup has a scale, never a Knative Service");
            } else if (tree.find("Deployment", name).isEmpty()) {
                problems.add(scaler.where() + " scales the Deployment " + name + ", which is not there");
            }
            if (taken.contains(name)) {
                problems.add(scaler.where() + " fights with another scaler of " + name);
            }
            taken.add(name);
        }
        return problems;
    }

    static List<String> limits(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document scaler : tree.all("ScaledObject")) {
            Optional<Document> target = tree.find("Deployment", scaler.text(TARGET + "/name"));
            // Whoever is called needs another when one goes; a queue can wait.
            boolean patient = target.flatMap(QueueChecks::queue).isPresent()
                    || kind(scaler).equals("ConsumerGroup");
            int fewest = patient ? 0 : tree.small() ? 1 : FEWEST;
            int least = scaler.content().at("/spec/minReplicaCount").asInt(0);
            int most = scaler.content().at("/spec/maxReplicaCount").asInt(0);
            int blind = scaler.content().at("/spec/fallback/replicas").asInt(0);
            if (least < fewest || most < least || most > MOST) {
                problems.add(scaler.where() + " must have from " + fewest + " to " + MOST
                        + " replicas, minReplicaCount not above maxReplicaCount");
            }
            if (blind < least || blind > most) {
                problems.add(scaler.where() + " needs a fallback within its limits, for when nobody knows the number");
            }
            if (scaler.content()
                            .at("/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown"
                                    + "/stabilizationWindowSeconds")
                            .asInt(0)
                    < 300) {
                problems.add(scaler.where() + " must go down slowly: stabilizationWindowSeconds 300 or more");
            }
            if (scaler.content().at("/spec/triggers").isEmpty()) {
                problems.add(scaler.where() + " acts on nothing: it has no triggers");
            }
            TriggerChecks.known(scaler, problems);
            for (JsonNode trigger : scaler.content().at("/spec/triggers")) {
                trigger(tree, scaler, trigger, problems);
            }
        }
        return problems;
    }

    private static void trigger(Tree tree, Document scaler, JsonNode trigger, List<String> problems) {
        JsonNode metadata = trigger.path("metadata");
        if (trigger.path("type").asString("").equals("aws-sqs-queue")) {
            QueueChecks.scaler(tree, scaler, metadata.path("queueURL").asString(""), problems);
        }
        if (!trigger.path("type").asString("").equals("prometheus")) {
            return;
        }
        int threshold = metadata.path("threshold").asInt(0);
        int room = tree.find("Deployment", scaler.text(TARGET + "/name"))
                .map(deployment -> SettingChecks.variable(deployment, "GAVEL_MAX_CONNECTIONS"))
                .filter(number -> number.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
        if (metadata.path("query").asString("").contains("_connections{") && (threshold < 1 || threshold >= room)) {
            problems.add(scaler.where() + " must add replicas before they are full: its threshold " + threshold
                    + " must be below GAVEL_MAX_CONNECTIONS, " + room);
        }
    }

    /// KEDA takes a Deployment where nothing is said.
    static String kind(Document scaler) {
        String kind = scaler.text(TARGET + "/kind");
        return kind.isEmpty() ? "Deployment" : kind;
    }
}
