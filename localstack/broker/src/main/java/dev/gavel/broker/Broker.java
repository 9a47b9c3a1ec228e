package dev.gavel.broker;

/// A Broker of class Kafka: one topic with its partitions, and the delivery its Triggers fall back to.
public record Broker(String namespace, String name, int partitions, Delivery delivery) {
    /// The Kafka topic that holds the events of this Broker.
    public String topic() {
        return "knative-broker-" + namespace + "-" + name;
    }
}
