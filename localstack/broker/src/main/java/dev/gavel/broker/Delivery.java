package dev.gavel.broker;

import java.time.Duration;
import java.util.Optional;

/// How hard a delivery is tried: `retry` further attempts, the wait before each, the time one attempt may take, and
/// where the event goes when all of them failed. Without a dead letter sink it is dropped.
public record Delivery(
        int retry,
        BackoffPolicy backoffPolicy,
        Duration backoffDelay,
        Duration timeout,
        Optional<Destination> deadLetterSink) {
    /// What the data plane does when neither the Trigger nor the Broker says anything.
    public static final Delivery DEFAULT = new Delivery(
            0, BackoffPolicy.EXPONENTIAL, Duration.ofSeconds(1), Duration.ofSeconds(600), Optional.empty());

    private static final int LARGEST_SHIFT = 30;

    /// How the wait grows from one retry to the next.
    public enum BackoffPolicy {
        /// The delay times the number of the retry.
        LINEAR,
        /// The delay times two to the power of the number of the retry.
        EXPONENTIAL
    }

    /// The wait before retry `n`, counted from 1: so the first exponential wait is twice the delay.
    Duration backoff(int n) {
        return switch (backoffPolicy) {
            case LINEAR -> backoffDelay.multipliedBy(n);
            case EXPONENTIAL -> backoffDelay.multipliedBy(1L << Math.min(n, LARGEST_SHIFT));
        };
    }
}
