package dev.gavel.broker;

import java.util.List;
import java.util.function.ToLongFunction;

/// Writes a snapshot as Prometheus text.
final class Exposition {
    private final StringBuilder text = new StringBuilder();

    private Exposition() {}

    static String of(Snapshot snapshot) {
        var exposition = new Exposition();
        exposition.ingress(snapshot.ingress());
        exposition.triggers(snapshot.triggers());
        exposition.pings(snapshot.pings());
        return exposition.text.toString();
    }

    private void ingress(Snapshot.IngressNumbers ingress) {
        head("gavel_broker_ingress_requests_total", "counter", "Requests to the ingress by outcome.");
        line("gavel_broker_ingress_requests_total", "outcome=\"accepted\"", ingress.accepted());
        line("gavel_broker_ingress_requests_total", "outcome=\"refused\"", ingress.refused());
        line("gavel_broker_ingress_requests_total", "outcome=\"failed\"", ingress.failed());
    }

    private void triggers(List<Snapshot.TriggerNumbers> triggers) {
        var events = "gavel_broker_trigger_events_total";
        head(events, "counter", "Events of a trigger by what became of them.");
        for (var trigger : triggers) {
            outcome(events, trigger, "delivered", Snapshot.TriggerNumbers::delivered);
            outcome(events, trigger, "filtered", Snapshot.TriggerNumbers::filtered);
            outcome(events, trigger, "dead-lettered", Snapshot.TriggerNumbers::deadLettered);
            outcome(events, trigger, "dropped", Snapshot.TriggerNumbers::dropped);
        }
        head("gavel_broker_trigger_replies_total", "counter", "Events a subscriber answered with.");
        triggers.forEach(it -> line("gavel_broker_trigger_replies_total", labels(it), it.replied()));
        head("gavel_broker_trigger_retries_total", "counter", "Attempts beyond the first.");
        triggers.forEach(it -> line("gavel_broker_trigger_retries_total", labels(it), it.retried()));
        head("gavel_broker_trigger_in_flight", "gauge", "Events being delivered.");
        triggers.forEach(it -> line("gavel_broker_trigger_in_flight", labels(it), it.inFlight()));
        head("gavel_broker_trigger_lag", "gauge", "Events of the topic beyond the committed offsets.");
        triggers.forEach(it -> line("gavel_broker_trigger_lag", labels(it), it.lag()));
    }

    private void pings(List<Snapshot.PingNumbers> pings) {
        head("gavel_broker_ping_ticks_total", "counter", "Ticks of a ping source by outcome.");
        for (var ping : pings) {
            var labels = "namespace=\"" + ping.namespace() + "\",ping_source=\"" + ping.pingSource() + "\"";
            line("gavel_broker_ping_ticks_total", labels + ",outcome=\"sent\"", ping.sent());
            line("gavel_broker_ping_ticks_total", labels + ",outcome=\"lost\"", ping.lost());
        }
    }

    private void outcome(
            String metric,
            Snapshot.TriggerNumbers trigger,
            String outcome,
            ToLongFunction<Snapshot.TriggerNumbers> count) {
        line(metric, labels(trigger) + ",outcome=\"" + outcome + "\"", count.applyAsLong(trigger));
    }

    private static String labels(Snapshot.TriggerNumbers trigger) {
        return "namespace=\"" + trigger.namespace() + "\",trigger=\"" + trigger.trigger() + "\"";
    }

    private void head(String metric, String type, String help) {
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    }

    private void line(String metric, String labels, long value) {
        text.append(metric)
                .append('{')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
