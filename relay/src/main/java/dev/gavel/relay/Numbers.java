package dev.gavel.relay;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What this relay counts, for Prometheus.
final class Numbers {

    final LongAdder inFlight = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder delayed = new LongAdder();
    final LongAdder buried = new LongAdder();
    final LongAdder failedPolls = new LongAdder();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final DistributionSummary age = DistributionSummary.builder("gavel.relay.message.age")
            .description("How long messages had been in the queue when they came")
            .baseUnit("seconds")
            .serviceLevelObjectives(1, 5, 15, 60, 300, 900, 3600)
            .register(registry);

    Numbers() {
        Gauge.builder("gavel.relay.in.flight", inFlight, LongAdder::sum)
                .description("Deliveries under way")
                .register(registry);
        counter("gavel.relay.messages", "delivered", delivered);
        counter("gavel.relay.messages", "delayed", delayed);
        counter("gavel.relay.messages", "dead-letter", buried);
        counter("gavel.relay.polls", "failed", failedPolls);
    }

    void age(Duration sinceSent) {
        age.record(Math.max(0, sinceSent.toMillis() / 1e3));
    }

    /// The page Prometheus scrapes.
    String page() {
        return registry.scrape();
    }

    private void counter(String name, String result, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .tag("result", result)
                .register(registry);
    }
}
