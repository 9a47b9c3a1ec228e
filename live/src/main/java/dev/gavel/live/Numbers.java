package dev.gavel.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// What this replica counts, for Prometheus and for the scaler.
final class Numbers {

    final LongAdder connections = new LongAdder();
    final LongAdder seats = new LongAdder();
    final LongAdder opened = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder conflated = new LongAdder();
    final LongAdder resumedFromMemory = new LongAdder();
    final LongAdder resumedFromStore = new LongAdder();
    final LongAdder gapsFilled = new LongAdder();
    final LongAdder facts = new LongAdder();
    final LongAdder refusedAddress = new LongAdder();
    final LongAdder refusedOrigin = new LongAdder();
    final LongAdder closedFlood = new LongAdder();
    final LongAdder closedSlow = new LongAdder();
    final LongAdder closedSilent = new LongAdder();
    final LongAdder closedTooLarge = new LongAdder();
    final LongAdder closedToken = new LongAdder();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer delay = Timer.builder("gavel.live.delay")
            .description("From the commit of a fact to its frame")
            .serviceLevelObjectives(
                    Duration.ofMillis(10),
                    Duration.ofMillis(25),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(150),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10))
            .register(registry);

    Numbers() {
        gauge("gavel.live.connections", "Open connections", connections);
        gauge("gavel.live.subscriptions", "Auctions watched, once for each connection", seats);
        counter("gavel.live.connections.opened", "all", opened);
        counter("gavel.live.frames", "sent", sent);
        counter("gavel.live.frames", "conflated", conflated);
        counter("gavel.live.resumed", "memory", resumedFromMemory);
        counter("gavel.live.resumed", "store", resumedFromStore);
        counter("gavel.live.gaps", "filled", gapsFilled);
        counter("gavel.live.facts", "read", facts);
        counter("gavel.live.refused", "address", refusedAddress);
        counter("gavel.live.refused", "origin", refusedOrigin);
        counter("gavel.live.closed", "flood", closedFlood);
        counter("gavel.live.closed", "slow", closedSlow);
        counter("gavel.live.closed", "silent", closedSilent);
        counter("gavel.live.closed", "too-large", closedTooLarge);
        counter("gavel.live.closed", "token", closedToken);
    }

    void rooms(Supplier<Number> count) {
        Gauge.builder("gavel.live.rooms", count).register(registry);
    }

    void spans(Map<String, LongAdder> counts) {
        counts.forEach((result, count) -> counter("gavel.spans", result, count));
    }

    void delay(Duration fromCommit) {
        delay.record(fromCommit);
    }

    /// The page Prometheus scrapes.
    String page() {
        return registry.scrape();
    }

    private void gauge(String name, String description, LongAdder count) {
        Gauge.builder(name, count, LongAdder::sum).description(description).register(registry);
    }

    private void counter(String name, String result, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .tag("result", result)
                .register(registry);
    }
}
