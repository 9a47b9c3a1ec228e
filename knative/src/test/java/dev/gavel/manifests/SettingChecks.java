package dev.gavel.manifests;

import dev.gavel.live.LiveApplication;
import dev.gavel.relay.RelayApplication;
import dev.gavel.runtime.CannotStart;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The environment of the Deployments against the settings that their code reads.
final class SettingChecks {

    /// How each application reads its settings: it answers their names, or says what is missing.
    private static final Map<String, Function<Map<String, String>, Set<String>>> READERS =
            Map.of("live", LiveApplication::settings, "relay", RelayApplication::settings);

    /// How the name of the ConfigMap begins that Kustomize makes of an environment's settings.
    static final String SETTINGS = "gavel-settings-";

    static final String INSIDE = ".gavel.svc.cluster.local";

    private SettingChecks() {}

    static List<String> settings(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document deployment : tree.all("Deployment")) {
            Function<Map<String, String>, Set<String>> reader = READERS.get(application(deployment));
            if (reader == null) {
                problems.add(deployment.where() + " runs nothing whose settings are known");
                continue;
            }
            Map<String, String> environment = tree.environment(deployment);
            try {
                Set<String> unknown = new TreeSet<>(Tree.variables(deployment).keySet());
                unknown.removeAll(reader.apply(environment));
                unknown.forEach(name -> problems.add(deployment.where() + " sets " + name + ", which nothing reads"));
            } catch (CannotStart e) {
                problems.add(deployment.where() + " cannot start: " + e.getMessage());
            }
            environment.forEach((name, value) -> address(tree, deployment, name, value, problems));
            if (environment.containsKey("GAVEL_TOPICS")) {
                topics(tree, deployment, environment.getOrDefault("GAVEL_TOPICS", ""), problems);
            }
            QueueChecks.relay(deployment, problems);
        }
        return problems;
    }

    /// There is a relay for every queue.
    private static String application(Document deployment) {
        return deployment.name().startsWith("relay-") ? "relay" : deployment.name();
    }

    private static void address(Tree tree, Document deployment, String name, String value, List<String> problems) {
        if (!name.endsWith("_URL") || !value.contains(INSIDE)) {
            return;
        }
        String host = String.valueOf(URI.create(value).getHost());
        String service = host.replace(INSIDE, "");
        if (tree.services().stream().noneMatch(it -> it.name().equals(service))) {
            problems.add(deployment.where() + " asks " + service + " by " + name + ", which is no Service");
        }
    }

    private static void topics(Tree tree, Document deployment, String topics, List<String> problems) {
        for (String topic : topics.split(",")) {
            if (tree.all("Broker").stream()
                    .noneMatch(
                            broker -> topic.equals("knative-broker-" + FileChecks.NAMESPACE + "-" + broker.name()))) {
                problems.add(deployment.where() + " reads the topic " + topic + ", which is of no Broker");
            }
        }
    }

    /// The value of one variable, or an empty text.
    static String variable(Document deployment, String name) {
        return Tree.variables(deployment).getOrDefault(name, "");
    }
}
