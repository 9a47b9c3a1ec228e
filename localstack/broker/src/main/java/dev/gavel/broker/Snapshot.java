package dev.gavel.broker;

import java.util.List;
import java.util.Optional;

/// What the plane has done since it started. Counts of events, never reset.
public record Snapshot(IngressNumbers ingress, List<TriggerNumbers> triggers, List<PingNumbers> pings) {
    /// Events stored, requests refused (4xx) and events Kafka did not take (503).
    public record IngressNumbers(long accepted, long refused, long failed) {}

    /// One Trigger. `delivered` were accepted by the subscriber and `replied` of them gave birth to an event,
    /// `filtered` did not match, `retried` counts further attempts, `deadLettered` were accepted by the dead letter
    /// sink, `dropped` are gone. `lag` is what the topic holds beyond the committed offsets, so it includes events
    /// that do not match and finished ones that are not committed yet.
    public record TriggerNumbers(
            String namespace,
            String trigger,
            long delivered,
            long replied,
            long filtered,
            long retried,
            long deadLettered,
            long dropped,
            int inFlight,
            long lag) {}

    /// One PingSource: ticks its sink accepted, and ticks that were lost.
    public record PingNumbers(String namespace, String pingSource, long sent, long lost) {}

    /// The numbers of one Trigger, if there is one of that name.
    public Optional<TriggerNumbers> trigger(String namespace, String name) {
        return triggers.stream()
                .filter(numbers -> numbers.namespace().equals(namespace)
                        && numbers.trigger().equals(name))
                .findFirst();
    }
}
