package dev.gavel.relay;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/// What this relay counts, for Prometheus.
final class Numbers {

    final LongAdder inFlight = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder delayed = new LongAdder();
    final LongAdder buried = new LongAdder();
    final LongAdder failedPolls = new LongAdder();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Numbers() {
        Gauge.builder("gavel.relay.in.flight", inFlight, LongAdder::sum)
                .description("Deliveries under way")
                .register(registry);
        counter("gavel.relay.messages", "delivered", delivered);
        counter("gavel.relay.messages", "delayed", delayed);
        counter("gavel.relay.messages", "dead-letter", buried);
        counter("gavel.relay.polls", "failed", failedPolls);
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
