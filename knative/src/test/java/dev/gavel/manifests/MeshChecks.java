package dev.gavel.manifests;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The mesh's rules against who calls whom.
final class MeshChecks {

    private static final String HOST = ".gavel.svc.cluster.local";
    /// Which of the code's use cases each kind of caller may call.
    private static final Map<String, Predicate<Declared>> CALLERS =
            Map.of("kong-calls-routes", useCase -> useCase.route().isPresent(), "schedules-call-ticks", Declared::tick);

    private MeshChecks() {}

    static List<String> callers(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        if (tree.all("PeerAuthentication").isEmpty()) {
            if (!tree.small()) {
                problems.add(tree.overlay() + " must have the component istio");
            }
            return problems;
        }
        if (tree.find("PeerAuthentication", "strict")
                .filter(strict -> strict.text("/spec/mtls/mode").equals("STRICT"))
                .isEmpty()) {
            problems.add("the mesh must be STRICT, or whoever has no identity comes in");
        }
        if (!tree.find("Namespace", FileChecks.NAMESPACE)
                .map(namespace -> namespace.text("/metadata/labels/istio.io~1dataplane-mode"))
                .orElse("")
                .equals("ambient")) {
            problems.add("the namespace must be in the mesh, or its rules are for nobody");
        }
        if (tree.all("AuthorizationPolicy").stream()
                .noneMatch(policy -> policy.text("/metadata/namespace").equals(FileChecks.NAMESPACE)
                        && policy.content().path("spec").isEmpty())) {
            problems.add("an AuthorizationPolicy with an empty spec must refuse what no other allows");
        }
        CALLERS.forEach((policy, calls) -> hosts(
                tree,
                policy,
                useCases.stream().filter(calls).map(Declared::service).collect(Collectors.toSet()),
                problems));
        Set<String> consumers = tree.all("Trigger").stream()
                .map(trigger -> trigger.text("/spec/subscriber/ref/name"))
                .collect(Collectors.toSet());
        hosts(tree, "brokers-call-consumers", consumers, problems);
        for (Document deployment : tree.all("Deployment")) {
            Set<String> called = new TreeSet<>();
            Tree.variables(deployment).values().stream()
                    .filter(value -> value.startsWith("http://") && value.contains(HOST))
                    .forEach(value -> called.add(
                            String.valueOf(URI.create(value).getHost()).replace(HOST, "")));
            Set<String> allowed = allowed(tree, "/sa/" + deployment.name());
            called.stream()
                    .filter(name -> !allowed.contains(name))
                    .forEach(name -> problems.add(deployment.where() + " calls " + name + ", which the mesh refuses"));
            allowed.stream()
                    .filter(name -> !called.contains(name))
                    .forEach(name -> problems.add(deployment.where() + " may call " + name + " and never does"));
        }
        return problems;
    }

    /// Whoever is called outside can be away.
    static List<String> circuits(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Map<String, Document> rules = new TreeMap<>();
        tree.all("DestinationRule").forEach(rule -> {
            rules.put(rule.text("/spec/host"), rule);
            if (rule.content().at("/spec/trafficPolicy/outlierDetection").isEmpty()
                    || rule.content().at("/spec/trafficPolicy/connectionPool").isEmpty()) {
                problems.add(rule.where() + " must say when a host is left out, and how many may call it");
            }
        });
        Set<String> outside = new TreeSet<>();
        tree.all("ServiceEntry")
                .forEach(entry -> entry.content().at("/spec/hosts").forEach(host -> outside.add(host.asString(""))));
        if (!tree.all("PeerAuthentication").isEmpty()) {
            outside.add(
                    String.valueOf(URI.create(tree.setting("GAVEL_TOSS_URL")).getHost()));
        }
        for (String host : outside) {
            if (!rules.containsKey(host)
                    || tree.all("ServiceEntry").stream()
                            .noneMatch(entry -> entry.content()
                                    .at("/spec/hosts")
                                    .valueStream()
                                    .anyMatch(one -> one.asString("").equals(host)))) {
                problems.add(host + " needs a ServiceEntry and a DestinationRule");
            }
        }
        return problems;
    }

    private static void hosts(Tree tree, String policy, Set<String> wanted, List<String> problems) {
        Set<String> found =
                tree.find("AuthorizationPolicy", policy).map(MeshChecks::hosts).orElse(Set.of());
        wanted.stream()
                .filter(name -> !found.contains(name))
                .forEach(name -> problems.add(policy + " must allow " + name));
        found.stream()
                .filter(name -> !wanted.contains(name))
                .forEach(name -> problems.add(policy + " allows " + name + " for nothing"));
    }

    private static Set<String> allowed(Tree tree, String account) {
        return tree.all("AuthorizationPolicy").stream()
                .filter(policy -> policy.content()
                        .at("/spec/rules")
                        .valueStream()
                        .flatMap(rule -> rule.path("from").valueStream())
                        .flatMap(from -> from.at("/source/principals").valueStream())
                        .anyMatch(principal -> principal.asString("").endsWith(account)))
                .flatMap(policy -> hosts(policy).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> hosts(Document policy) {
        Set<String> hosts = new TreeSet<>();
        for (JsonNode rule : policy.content().at("/spec/rules")) {
            for (JsonNode to : rule.path("to")) {
                to.at("/operation/hosts")
                        .forEach(host -> hosts.add(host.asString("").replace(HOST, "")));
            }
        }
        return hosts;
    }
}
