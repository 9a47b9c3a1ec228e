package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What is said of the Knative Services.
final class ServiceChecks {

    static final String POD = "/spec/template/spec";
    static final String CONTAINER = POD + "/containers/0";
    private static final String INGRESS = "http://kafka-broker-ingress.knative-eventing.svc.cluster.local/gavel/";
    private static final String SCALING = "autoscaling.knative.dev/";
    private static final Set<String> SCALING_KNOWN = Set.of(
            "class",
            "metric",
            "target",
            "min-scale",
            "max-scale",
            "activation-scale",
            "scale-down-delay",
            "scale-to-zero-pod-retention-period");
    /// Serving's own limit, max-revision-timeout-seconds.
    private static final int LONGEST_REQUEST = 600;

    private ServiceChecks() {}

    static List<String> useCases(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Map<String, Declared> declared = useCases.stream()
                .collect(Collectors.toMap(Declared::service, Function.identity(), (a, b) -> b, TreeMap::new));
        for (Document service : tree.services()) {
            Declared useCase = declared.remove(service.name());
            if (useCase == null) {
                problems.add(service.where() + " is no use case of the code");
                continue;
            }
            expect(problems, service, "SPRING_CLOUD_FUNCTION_DEFINITION", useCase.bean());
            expect(problems, service, "K_SINK", INGRESS + useCase.broker());
            if (tree.find("Broker", useCase.broker()).isEmpty()) {
                problems.add(service.where() + " publishes to the Broker " + useCase.broker() + ", which is not there");
            }
            if (!service.text(CONTAINER + "/image").matches("(.*/)?gavel/" + useCase.context() + "[:@].*")) {
                problems.add(service.where() + " must have the image gavel/" + useCase.context());
            }
        }
        declared.keySet().forEach(name -> problems.add(name + " has no Service: add functions/" + name + ".yaml"));
        return problems;
    }

    static List<String> confinement(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document service : tree.workloads()) {
            Map<String, String> wanted = new TreeMap<>(Map.of(
                    POD + "/serviceAccountName",
                    service.name(),
                    POD + "/enableServiceLinks",
                    "false",
                    CONTAINER + "/readinessProbe/httpGet/path",
                    "/healthz/ready",
                    CONTAINER + "/livenessProbe/httpGet/path",
                    "/healthz/live"));
            wanted.putAll(Map.of(
                    CONTAINER + "/securityContext/allowPrivilegeEscalation", "false",
                    CONTAINER + "/securityContext/readOnlyRootFilesystem", "true",
                    CONTAINER + "/securityContext/runAsNonRoot", "true",
                    CONTAINER + "/securityContext/capabilities/drop/0", "ALL",
                    CONTAINER + "/securityContext/seccompProfile/type", "RuntimeDefault"));
            if (service.kind().equals("Service")) {
                wanted.put("/metadata/labels/networking.knative.dev~1visibility", "cluster-local");
            }
            wanted.forEach((pointer, value) -> {
                if (!service.text(pointer).equals(value)) {
                    problems.add(service.where() + " must say " + pointer + ": " + value);
                }
            });
            if (tree.find("ServiceAccount", service.name())
                    .filter(account ->
                            account.text("/automountServiceAccountToken").equals("false"))
                    .isEmpty()) {
                problems.add(service.where() + " needs a ServiceAccount of its name without a mounted token");
            }
            for (String pointer :
                    List.of("/resources/requests/cpu", "/resources/requests/memory", "/resources/limits/memory")) {
                if (service.text(CONTAINER + pointer).isEmpty()) {
                    problems.add(service.where() + " must say " + pointer);
                }
            }
            for (JsonNode env : service.content().at(CONTAINER + "/env")) {
                if (env.path("name").asString().matches(".*(KEY|SECRET|PASSWORD|TOKEN)") && env.has("value")) {
                    problems.add(
                            service.where() + " must take " + env.path("name").asString() + " from a Secret");
                }
            }
        }
        return problems;
    }

    static List<String> scale(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document service : tree.services()) {
            JsonNode annotations = service.content().at("/spec/template/metadata/annotations");
            annotations.forEachEntry((name, value) -> {
                if (!name.startsWith(SCALING) || !SCALING_KNOWN.contains(name.substring(SCALING.length()))) {
                    problems.add(service.where() + " has the annotation " + name + ", which nothing here reads");
                }
                if (!value.isString()) {
                    problems.add(service.where() + " must quote " + name);
                }
            });
            int concurrency =
                    service.content().at(POD + "/containerConcurrency").asInt(0);
            int timeout = service.content().at(POD + "/timeoutSeconds").asInt(0);
            int max = number(annotations, "max-scale", 0);
            Map<String, Boolean> rules = Map.of(
                    "class must be kpa.autoscaling.knative.dev: the only one that starts from zero",
                    annotations.path(SCALING + "class").asString("").equals("kpa.autoscaling.knative.dev"),
                    "containerConcurrency must be 1 or more: 0 is without limit",
                    concurrency >= 1,
                    "target must be from 1 to containerConcurrency",
                    within(number(annotations, "target", 0), 1, concurrency),
                    "max-scale must be 1 or more: 0 is without limit",
                    max >= 1,
                    "min-scale must be said and not exceed max-scale",
                    within(number(annotations, "min-scale", -1), 0, max),
                    "activation-scale must be from 2 to max-scale",
                    !annotations.has(SCALING + "activation-scale")
                            || within(number(annotations, "activation-scale", 0), 2, max),
                    "timeoutSeconds must be from 1 to " + LONGEST_REQUEST,
                    within(timeout, 1, LONGEST_REQUEST));
            rules.forEach((rule, kept) -> {
                if (!kept) {
                    problems.add(service.where() + ": " + rule);
                }
            });
        }
        return problems;
    }

    static int number(JsonNode annotations, String name, int absent) {
        return annotations.path(SCALING + name).asInt(absent);
    }

    private static boolean within(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private static void expect(List<String> problems, Document service, String name, String value) {
        for (JsonNode env : service.content().at(CONTAINER + "/env")) {
            if (env.path("name").asString("").equals(name)
                    && env.path("value").asString("").equals(value)) {
                return;
            }
        }
        problems.add(service.where() + " must set " + name + " to " + value);
    }
}
