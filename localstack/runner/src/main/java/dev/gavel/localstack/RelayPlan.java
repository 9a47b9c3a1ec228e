package dev.gavel.localstack;

import dev.gavel.broker.Document;
import dev.gavel.broker.Manifests;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A relay as its manifest has it, with the settings it has on this machine.
///
/// @param name of the Deployment, `relay-` and the queue
record RelayPlan(String name, Map<String, String> settings) {

    /// The beginning of every relay's name.
    static final String PREFIX = "relay-";

    private static final String SINK = "K_SINK";
    private static final String INGRESS = "kafka-broker-ingress.";

    /// What is different on this machine: SQS, where Services are found by their name, and the ingress
    /// of Brokers.
    record Local(URI sqs, URI services, URI ingress) {}

    /// The relays whose Service or Broker is there.
    static List<RelayPlan> read(Manifests manifests, Local local) {
        List<String> services = manifests.documents("Service").stream()
                .filter(document -> document.apiVersion().startsWith("serving.knative.dev/"))
                .map(Document::name)
                .toList();
        List<String> brokers = manifests.brokers().stream()
                .map(broker -> "/" + broker.namespace() + "/" + broker.name())
                .toList();
        return manifests.documents("Deployment").stream()
                .filter(document -> document.name().startsWith(PREFIX))
                .map(document -> new RelayPlan(document.name(), manifests.environment(document)))
                .filter(plan -> services.contains(plan.service()) || brokers.contains(plan.broker()))
                .map(plan -> plan.on(local))
                .toList();
    }

    /// Whom its messages are for: the first word of the host in its manifest.
    private String service() {
        String host = URI.create(settings.getOrDefault(SINK, "")).getHost();
        return host == null ? "" : host.split("\\.", 2)[0];
    }

    /// Whom its messages are for, when that is a Broker: the path of its ingress.
    private String broker() {
        URI sink = URI.create(settings.getOrDefault(SINK, ""));
        return sink.getHost() != null && sink.getHost().startsWith(INGRESS) ? sink.getPath() : "";
    }

    private RelayPlan on(Local local) {
        Map<String, String> here = new TreeMap<>(settings);
        here.put(
                SINK,
                broker().isEmpty()
                        ? local.services().resolve("/" + service()).toString()
                        : local.ingress().resolve(broker()).toString());
        here.put("PORT", "0");
        here.put("GAVEL_HOST", "127.0.0.1");
        here.put("GAVEL_DRAIN", "PT5S");
        here.put("AWS_ENDPOINT_URL_SQS", local.sqs().toString());
        here.put("AWS_ACCESS_KEY_ID", "local");
        here.put("AWS_SECRET_ACCESS_KEY", "local");
        return new RelayPlan(name, here);
    }
}
