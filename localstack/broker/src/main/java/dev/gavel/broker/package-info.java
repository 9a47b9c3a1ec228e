/// The contract of the Knative Kafka Broker over a real Kafka, for one machine: ingress, triggers, retries, dead
/// letters, replies and ping sources, read from the same manifests a cluster applies.
@NullMarked
package dev.gavel.broker;

import org.jspecify.annotations.NullMarked;
