package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Annotations and labels: no schema knows them, and whoever reads them ignores what is misspelt or stands elsewhere.
final class AnnotationChecks {

    private static final String NUMBER = "\\d+";
    private static final String SWITCH = "true|false";
    private static final String ANY = ".+";
    private static final String HANDLE = "autoscaling.keda.sh/";
    private static final String CONSUMERS = "autoscaling.eventing.knative.dev/";

    /// What is read where, and how its value may look. `activation-lag-threshold` is missing on purpose: it is taken
    /// and
    /// ignored. So is `autoscaling.knative.dev/class: keda…`: Serving refuses it.
    private static final Map<String, Map<String, String>> ANNOTATIONS = Map.of(
            "Broker",
            Map.of("eventing.knative.dev/broker.class", "Kafka"),
            "Trigger",
            Map.of(
                    "kafka.eventing.knative.dev/delivery.order",
                    "ordered|unordered",
                    CONSUMERS + "class",
                    "keda\\.autoscaling\\.knative\\.dev|disabled",
                    CONSUMERS + "min-scale",
                    NUMBER,
                    CONSUMERS + "max-scale",
                    NUMBER,
                    CONSUMERS + "polling-interval",
                    NUMBER,
                    CONSUMERS + "cooldown-period",
                    NUMBER,
                    CONSUMERS + "lag-threshold",
                    NUMBER),
            "Service serving.knative.dev",
            Map.of("konghq.com/host-header", ANY),
            "Service",
            Map.of(
                    "konghq.com/read-timeout", NUMBER,
                    "konghq.com/write-timeout", NUMBER,
                    "konghq.com/connect-timeout", NUMBER),
            "HTTPRoute",
            Map.of(
                    "konghq.com/preserve-host", SWITCH,
                    "konghq.com/strip-path", SWITCH,
                    "konghq.com/plugins", "[a-z,-]+"),
            "GatewayClass",
            Map.of("konghq.com/gatewayclass-unmanaged", "true"),
            "ScaledObject",
            Map.of(
                    HANDLE + "paused",
                    SWITCH,
                    HANDLE + "paused-replicas",
                    NUMBER,
                    HANDLE + "paused-scale-in",
                    SWITCH,
                    HANDLE + "paused-scale-out",
                    SWITCH,
                    HANDLE + "force-activation",
                    SWITCH,
                    "scaledobject.keda.sh/transfer-hpa-ownership",
                    SWITCH,
                    "validations.keda.sh/hpa-ownership",
                    SWITCH),
            "pods of Deployment",
            Map.of("prometheus.io/scrape", SWITCH, "prometheus.io/port", NUMBER, "prometheus.io/path", "/.*"));

    private static final Map<String, String> LABELS = Map.of(
            "app.kubernetes.io/name", ANY,
            "app.kubernetes.io/part-of", ANY,
            "gavel.dev/egress", "aws|providers",
            "networking.knative.dev/visibility", "cluster-local",
            "pod-security.kubernetes.io/enforce", "restricted|baseline",
            "pod-security.kubernetes.io/warn", "restricted",
            "pod-security.kubernetes.io/audit", "restricted",
            "istio.io/dataplane-mode", "ambient",
            "istio.io/waypoint-for", "service",
            "istio.io/use-waypoint", ANY);

    private AnnotationChecks() {}

    static List<String> known(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document document : tree.documents()) {
            if (document.file().startsWith("monitoring/")) {
                continue;
            }
            boolean knative = document.group().startsWith("serving.knative.dev/");
            String place = document.kind() + (knative ? " serving.knative.dev" : "");
            judge(document, "/metadata/annotations", ANNOTATIONS.getOrDefault(place, Map.of()), problems);
            // Those of a revision, which are about its scale, are ServiceChecks'.
            if (!knative) {
                Map<String, String> pods = ANNOTATIONS.getOrDefault("pods of " + place, Map.of());
                judge(document, "/spec/template/metadata/annotations", pods, problems);
            }
            Stream.of("/metadata/labels", "/spec/template/metadata/labels")
                    .forEach(at -> judge(document, at, LABELS, problems));
        }
        return problems;
    }

    private static void judge(Document document, String at, Map<String, String> known, List<String> problems) {
        document.content().at(at).forEachEntry((name, value) -> {
            if (!known.containsKey(name)) {
                problems.add(document.where() + " has " + name + " at " + at + ", where nothing reads it");
            } else if (!value.isString() || !text(value).matches(known.getOrDefault(name, ANY))) {
                problems.add(document.where() + " must not say " + name + ": " + value);
            }
        });
    }

    private static String text(JsonNode value) {
        return value.asString("");
    }
}
