package dev.gavel.manifests;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The NetworkPolicies against the pods they are for.
final class NetworkChecks {

    private static final Set<String> OUTSIDERS = Set.of("toss", "payouts", "carriers", "text-messages", "mail");
    private static final int TUNNEL = 15008;

    private NetworkChecks() {}

    static List<String> policies(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        boolean closed = false;
        for (Document policy : tree.all("NetworkPolicy")) {
            JsonNode selector = policy.content().at("/spec/podSelector");
            if (tree.workloads().stream().noneMatch(workload -> selects(selector, labels(workload)))) {
                problems.add(policy.where() + " is for no pod of ours");
            }
            for (String direction : List.of("Ingress", "Egress")) {
                boolean says = policy.content().path("spec").has(direction.toLowerCase(Locale.ROOT));
                boolean named = policy.content()
                        .at("/spec/policyTypes")
                        .valueStream()
                        .anyMatch(type -> type.asString("").equals(direction));
                if (says && !named) {
                    problems.add(policy.where() + " has rules for " + direction + " that policyTypes leaves out");
                }
            }
            closed |= selector.isEmpty()
                    && policy.content().at("/spec/policyTypes").size() == 2
                    && !policy.content().path("spec").has("ingress")
                    && !policy.content().path("spec").has("egress");
        }
        if (!closed) {
            problems.add("no NetworkPolicy closes every pod in both directions");
        }
        boolean mesh = tree.find("PeerAuthentication", "strict").isPresent();
        for (Document workload : tree.workloads()) {
            needs(tree, workload, mesh).forEach((what, port) -> {
                if (!open(tree, workload, "egress", port)) {
                    problems.add(workload.where() + " cannot reach " + what + ": no NetworkPolicy lets it out to port "
                            + port);
                }
            });
            int entry = workload.kind().equals("Service") ? 8012 : 8080;
            for (int port : mesh ? List.of(entry, TUNNEL) : List.of(entry)) {
                if (!open(tree, workload, "ingress", port)) {
                    problems.add(workload.where() + " cannot be reached: no NetworkPolicy lets in to port " + port);
                }
            }
            if (outsiders(workload)
                    && !labels(workload).getOrDefault("gavel.dev/egress", "").equals("providers")) {
                problems.add(workload.where() + " calls providers and must say gavel.dev/egress: providers");
            }
        }
        return problems;
    }

    private static Map<String, Integer> needs(Tree tree, Document workload, boolean mesh) {
        Map<String, Integer> needs = new TreeMap<>(Map.of("names", 53, "functions", 8081));
        Map<String, String> own = Tree.variables(workload);
        if (own.getOrDefault("K_SINK", "").contains("kafka-broker-ingress")) {
            needs.put("Brokers", 8080);
        }
        if (own.containsKey("GAVEL_TOPICS")) {
            needs.put("Kafka", port("kafka://" + tree.setting("KAFKA_BOOTSTRAP_SERVERS")));
            needs.put("Redis", port(tree.setting("REDIS_URL")));
        }
        if (own.containsKey("GAVEL_SMTP_URL")) {
            needs.put("mail", 587);
        }
        if (outsiders(workload) || own.containsKey("GAVEL_QUEUE")) {
            needs.put("the internet", 443);
        }
        if (mesh) {
            needs.put("the mesh", TUNNEL);
        }
        return needs;
    }

    private static int port(String address) {
        return URI.create(address.split(",")[0]).getPort();
    }

    private static boolean outsiders(Document workload) {
        return workload.content()
                .at(ServiceChecks.CONTAINER + "/env")
                .valueStream()
                .map(variable -> variable.at("/valueFrom/secretKeyRef/name").asString(""))
                .anyMatch(OUTSIDERS::contains);
    }

    private static boolean open(Tree tree, Document workload, String direction, int port) {
        return tree.all("NetworkPolicy").stream()
                .filter(policy -> selects(policy.content().at("/spec/podSelector"), labels(workload)))
                .flatMap(policy -> policy.content().at("/spec/" + direction).valueStream())
                .flatMap(rule -> rule.path("ports").valueStream())
                .anyMatch(allowed -> allowed.path("port").asInt(0) == port);
    }

    /// The labels of a workload's pods, with those Knative adds.
    static Map<String, String> labels(Document workload) {
        Map<String, String> labels = new TreeMap<>();
        workload.content()
                .at("/spec/template/metadata/labels")
                .forEachEntry((name, value) -> labels.put(name, value.asString("")));
        if (workload.kind().equals("Service")) {
            labels.put("serving.knative.dev/service", workload.name());
        }
        return labels;
    }

    static boolean selects(JsonNode selector, Map<String, String> labels) {
        boolean equal = selector.path("matchLabels")
                .propertyStream()
                .allMatch(wanted -> wanted.getValue().asString("").equals(labels.get(wanted.getKey())));
        return equal
                && selector.path("matchExpressions").valueStream().allMatch(wanted -> {
                    String value = labels.get(wanted.path("key").asString(""));
                    return switch (wanted.path("operator").asString("")) {
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        case "In" ->
                            wanted.path("values")
                                    .valueStream()
                                    .anyMatch(one -> one.asString("").equals(value));
                        default -> false;
                    };
                });
    }
}
