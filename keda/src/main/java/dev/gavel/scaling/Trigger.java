package dev.gavel.scaling;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// One trigger of a ScaledObject, as far as it is modelled: what it says of a moment (KEDA 2.20
/// documentation, "Scalers").
sealed interface Trigger {

    /// What everything looks like at a moment.
    ///
    /// @param waiting messages nobody has taken yet
    /// @param inFlight messages somebody is working on
    /// @param lag messages behind the offset that is committed, finished ones of the last seconds
    /// among them
    /// @param gauges numbers of Prometheus, by the query
    record Look(ZonedDateTime now, double waiting, double inFlight, double lag, Gauges gauges) {}

    /// What Prometheus would answer.
    interface Gauges {
        /// @throws IllegalArgumentException when the evening says nothing about that query
        double of(String query);
    }

    /// For the HPA, of all replicas together.
    double value(Look look);

    /// For the HPA, of one replica.
    double target();

    /// For KEDA: whether anything is to be done at all.
    boolean active(Look look);

    /// Lag of a consumer group.
    ///
    /// @param partitions no more consumers than these have anything to do, so lag above counts no more
    record Kafka(double lagThreshold, double activationLagThreshold, int partitions, boolean allowIdleConsumers)
            implements Trigger {

        @Override
        public double value(Look look) {
            return allowIdleConsumers ? look.lag() : Math.min(look.lag(), partitions * lagThreshold);
        }

        @Override
        public double target() {
            return lagThreshold;
        }

        @Override
        public boolean active(Look look) {
            return look.lag() > activationLagThreshold;
        }
    }

    /// Messages of a queue.
    record Sqs(double queueLength, double activationQueueLength, boolean scaleOnInFlight) implements Trigger {

        @Override
        public double value(Look look) {
            return look.waiting() + (scaleOnInFlight ? look.inFlight() : 0);
        }

        @Override
        public double target() {
            return queueLength;
        }

        @Override
        public boolean active(Look look) {
            return value(look) > activationQueueLength;
        }
    }

    /// A query of Prometheus.
    record Prometheus(String query, double threshold, double activationThreshold) implements Trigger {

        @Override
        public double value(Look look) {
            return look.gauges().of(query);
        }

        @Override
        public double target() {
            return threshold;
        }

        @Override
        public boolean active(Look look) {
            return value(look) > activationThreshold;
        }
    }

    /// So many replicas from one time to another.
    record CronWindow(ZoneId timezone, Cron start, Cron end, int desiredReplicas) implements Trigger {

        @Override
        public double value(Look look) {
            return active(look) ? desiredReplicas : 1;
        }

        @Override
        public double target() {
            return 1;
        }

        /// Within the window when it ends before it begins again.
        @Override
        public boolean active(Look look) {
            LocalDateTime now = look.now().withZoneSameInstant(timezone).toLocalDateTime();
            return Duration.between(now, end.after(now)).compareTo(Duration.between(now, start.after(now))) < 0;
        }
    }
}
