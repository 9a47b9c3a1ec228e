package dev.gavel.manifests;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What is said of the Deployments: processes that live longer than a request, and how they are reached and stopped.
final class DeploymentChecks {

    private static final String LABELS = "/spec/template/metadata/labels";
    /// Between the last goodbye and the end of the process.
    private static final long SPARE_SECONDS = 10;

    private DeploymentChecks() {}

    static List<String> reach(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document deployment : tree.all("Deployment")) {
            JsonNode labels = deployment.content().at(LABELS);
            if (!selects(deployment.content().at("/spec/selector/matchLabels"), labels)) {
                problems.add(deployment.where() + " must select its own pods by their labels");
            }
            if (QueueChecks.queue(deployment).isPresent()) {
                // It asks a queue; nobody calls it.
                continue;
            }
            List<Document> services = tree.plainServices().stream()
                    .filter(service -> selects(service.content().at("/spec/selector"), labels))
                    .toList();
            if (services.size() != 1 || !services.getFirst().name().equals(deployment.name())) {
                problems.add(deployment.where() + " must be reached by one Service of its name, not by "
                        + services.stream().map(Document::name).toList());
                continue;
            }
            JsonNode ports = services.getFirst().content().at("/spec/ports");
            String target = ports.at("/0/targetPort").asString("");
            if (ports.size() != 1
                    || ports.at("/0/port").asInt(0) != 80
                    || deployment
                            .content()
                            .at(ServiceChecks.CONTAINER + "/ports")
                            .valueStream()
                            .noneMatch(port -> port.path("name").asString("").equals(target))) {
                problems.add(services.getFirst().where() + " must lead from port 80 to a named port of the container");
            }
        }
        for (Document service : tree.plainServices()) {
            if (tree.find("Deployment", service.name()).isEmpty()) {
                problems.add(service.where() + " leads nowhere");
            }
        }
        return problems;
    }

    static List<String> stop(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document deployment : tree.all("Deployment")) {
            JsonNode labels = deployment.content().at(LABELS);
            List<Document> budgets = tree.all("PodDisruptionBudget").stream()
                    .filter(budget -> selects(budget.content().at("/spec/selector/matchLabels"), labels))
                    .toList();
            if (budgets.size() != 1
                    || budgets.getFirst().content().at("/spec/maxUnavailable").asInt(0) != 1) {
                problems.add(deployment.where() + " needs one PodDisruptionBudget for its pods, maxUnavailable: 1");
            }
            if (deployment
                            .content()
                            .at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asInt(1)
                    != 0) {
                problems.add(deployment.where() + " must say maxUnavailable: 0, so that nobody is sent away for long");
            }
            long drain = seconds(SettingChecks.variable(deployment, "GAVEL_DRAIN"));
            long notice = deployment
                    .content()
                    .at(ServiceChecks.CONTAINER + "/lifecycle/preStop/sleep/seconds")
                    .asLong(0);
            long grace = deployment
                    .content()
                    .at(ServiceChecks.POD + "/terminationGracePeriodSeconds")
                    .asLong(30);
            boolean called = QueueChecks.queue(deployment).isEmpty();
            if (drain < 1 || called && notice < 1) {
                problems.add(deployment.where() + " needs a preStop sleep if it is called, and GAVEL_DRAIN");
            } else if (grace < drain + notice + SPARE_SECONDS) {
                problems.add(deployment.where() + " is killed after " + grace + " s, but wants " + notice
                        + " s of notice, " + drain + " s to drain and " + SPARE_SECONDS + " s to spare");
            }
            if (deployment.content().path("spec").has("replicas")
                    == ScalerChecks.of(tree, deployment).isPresent()) {
                problems.add(deployment.where() + " must say replicas if and only if no scaler does");
            }
        }
        return problems;
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.propertyStream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
    }

    private static long seconds(String duration) {
        try {
            return Duration.parse(duration).toSeconds();
        } catch (DateTimeParseException e) {
            return -1;
        }
    }
}
