package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The EventPolicies against who publishes what: one for each Broker, with its types and its publishers.
final class PublisherChecks {

    private static final String ACCOUNT = "system:serviceaccount:" + FileChecks.NAMESPACE + ":";
    /// Brings an event back to the Broker it came from, whichever that is.
    private static final String ANYWHERE = "redeliver-dead-letter";

    private PublisherChecks() {}

    static List<String> policies(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> covered = new TreeSet<>();
        for (Document policy : tree.all("EventPolicy")) {
            String broker = policy.text("/spec/to/0/ref/name");
            if (policy.content().at("/spec/to").size() != 1
                    || tree.find("Broker", broker).isEmpty()
                    || !covered.add(broker)) {
                problems.add(policy.where() + " must be the only one for one Broker that is there, not for " + broker);
                continue;
            }
            Set<String> from = new TreeSet<>();
            for (JsonNode source : policy.content().at("/spec/from")) {
                from.add(
                        source.has("sub")
                                ? source.path("sub").asString("")
                                : "Trigger " + source.at("/ref/name").asString(""));
            }
            boolean letters = broker.equals(BrokerChecks.DEAD_LETTERS);
            differ(policy, "from", from, letters ? triggers(tree) : publishers(tree, broker, useCases), problems);
            if (letters) {
                if (policy.content().path("spec").has("filters")) {
                    problems.add(policy.where() + " must have no filters: dead letters may be of any type");
                }
            } else {
                differ(
                        policy,
                        "types",
                        new TreeSet<>(EventChecks.types(policy)),
                        EventChecks.published(broker),
                        problems);
            }
        }
        tree.all("Broker").stream()
                .map(Document::name)
                .filter(broker -> !covered.contains(broker))
                .forEach(broker -> problems.add("no EventPolicy says who may publish to the Broker " + broker));
        return problems;
    }

    private static void differ(
            Document policy, String what, Set<String> found, Set<String> wanted, List<String> problems) {
        found.stream()
                .filter(one -> !wanted.contains(one))
                .forEach(one -> problems.add(policy.where() + " allows " + one + " in its " + what + " for nothing"));
        wanted.stream()
                .filter(one -> !found.contains(one))
                .forEach(one -> problems.add(policy.where() + " must allow " + one + " in its " + what));
    }

    private static Set<String> triggers(Tree tree) {
        return tree.all("Trigger").stream()
                .filter(trigger -> trigger.content().at("/spec/delivery").has("deadLetterSink"))
                .map(trigger -> "Trigger " + trigger.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Whoever only answers questions publishes nothing.
    private static Set<String> publishers(Tree tree, String broker, List<Declared> useCases) {
        Set<String> publishers = new TreeSet<>(Set.of(ACCOUNT + ANYWHERE));
        useCases.stream()
                .filter(useCase -> useCase.broker().equals(broker))
                .filter(useCase -> useCase.route()
                        .filter(route -> route.startsWith("GET "))
                        .isEmpty())
                .forEach(useCase -> publishers.add(ACCOUNT + useCase.service()));
        tree.all("Deployment").stream()
                .filter(deployment -> SettingChecks.variable(deployment, "K_SINK")
                        .endsWith("/" + FileChecks.NAMESPACE + "/" + broker))
                .forEach(deployment -> publishers.add(ACCOUNT + deployment.name()));
        return publishers;
    }
}
