package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private final Measures measures = new Measures();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void whatWasMeasuredBeforeThereIsARegistryIsShownByIt() {
        measures.counter("gavel.races", "Races", "result", "lost").add(3);
        measures.gauge("gavel.waiting.seconds", "Waiting", () -> 1.5, "context", "auctions");
        Measures.Distribution sizes = measures.distribution("gavel.sizes", "Sizes", "", new double[] {1, 10});
        sizes.record(4);
        measures.showIn(registry);
        sizes.record(20);
        measures.counter("gavel.later", "Later").increment();
        assertThat(registry.scrape())
                .contains("gavel_races_total{result=\"lost\"} 3.0")
                .contains("gavel_waiting_seconds{context=\"auctions\"} 1.5")
                .contains("gavel_sizes_bucket{le=\"10.0\"} 1")
                .contains("gavel_sizes_count 2")
                .contains("gavel_later_total 1.0");
    }

    @Test
    void countsOutliveTheCollectorOfGarbage() {
        measures.showIn(registry);
        measures.counter("gavel.kept", "Kept").increment();
        System.gc();
        assertThat(registry.scrape()).contains("gavel_kept_total 1.0");
    }
}
