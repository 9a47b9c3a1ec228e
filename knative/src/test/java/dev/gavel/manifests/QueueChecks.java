package dev.gavel.manifests;

import dev.gavel.runtime.Settings;
import dev.gavel.sqs.SqsQueue;
import dev.gavel.sqs.SqsQueues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The relays against the queues of `terraform/queues.json`.
final class QueueChecks {

    static final SqsQueues QUEUES = SqsQueues.of(Settings.of(Map.of()));

    private static final String INGRESS = "http://kafka-broker-ingress.knative-eventing.svc.cluster.local/gavel/";

    private QueueChecks() {}

    /// The queue that a Deployment takes from, when it does.
    static Optional<String> queue(Document deployment) {
        String queue = SettingChecks.variable(deployment, "GAVEL_QUEUE");
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue);
    }

    /// The types that come to a Service by a queue whose relay is there.
    static Set<String> carried(Tree tree, String service) {
        return QUEUES.declared().stream()
                .filter(queue -> service.equals(queue.to()))
                .filter(queue ->
                        tree.find("Deployment", "relay-" + queue.name()).isPresent())
                .map(SqsQueue::carries)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /// The types that come to their use case by a queue and never by a Broker.
    static Set<String> queued() {
        return QUEUES.declared().stream()
                .filter(queue -> queue.broker() == null)
                .map(SqsQueue::carries)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /// What use cases are brought by queues and do not take.
    static List<String> untaken(Collection<SqsQueue> queues, List<Declared> useCases) {
        return queues.stream()
                .filter(queue -> queue.carries() != null)
                .filter(queue -> queue.to() != null)
                .filter(queue -> useCases.stream()
                        .noneMatch(useCase -> useCase.service().equals(queue.to())
                                && useCase.types().contains(queue.carries())))
                .map(queue -> "the queue " + queue.name() + " takes " + queue.carries() + " to " + queue.to()
                        + ", which does not take it")
                .toList();
    }

    /// Whether a relay takes its queue to where the queue is for.
    static void relay(Document deployment, List<String> problems) {
        for (SqsQueue queue : QUEUES.declared()) {
            if (queue(deployment).filter(queue.name()::equals).isEmpty()) {
                continue;
            }
            if (!deployment.name().equals("relay-" + queue.name())) {
                problems.add(deployment.where() + " must be called relay-" + queue.name());
            }
            String to =
                    queue.broker() == null ? "http://" + queue.to() + SettingChecks.INSIDE : INGRESS + queue.broker();
            if (!SettingChecks.variable(deployment, "K_SINK").equals(to)) {
                problems.add(deployment.where() + " must take " + queue.name() + " to " + to);
            }
        }
    }

    /// Whether a scaler looks at the queue that its target takes from.
    static void scaler(Tree tree, Document scaler, String looksAt, List<String> problems) {
        Optional<Document> target = tree.find("Deployment", scaler.text("/spec/scaleTargetRef/name"));
        String taken = target.map(deployment -> tree.environment(deployment).getOrDefault("GAVEL_QUEUE_PREFIX", "")
                        + SettingChecks.variable(deployment, "GAVEL_QUEUE"))
                .orElse("");
        if (!looksAt.equals(taken)) {
            problems.add(scaler.where() + " looks at the queue " + looksAt + ", but its pods take from " + taken);
        }
    }
}
