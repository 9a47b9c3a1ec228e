package dev.gavel.broker;

/// One subscription to a Broker of the same namespace. `delivery` is already the one in force: the Trigger's own if it
/// has one, otherwise the Broker's; the two are never merged.
public record Trigger(
        String namespace,
        String name,
        Broker broker,
        Filter filter,
        boolean ordered,
        Destination subscriber,
        Delivery delivery) {
    /// The Kafka consumer group that remembers how far this Trigger has come.
    public String group() {
        return "knative-trigger-" + namespace + "-" + name;
    }
}
