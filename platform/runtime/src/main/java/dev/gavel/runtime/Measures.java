package dev.gavel.runtime;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// What use cases and adapters measure of themselves. It costs next to nothing: the registry behind `/metrics` is made
/// after the first answer, and is told then. Names have dots, such as `gavel.bids.latency`; the page has
/// `gavel_bids_latency_seconds`. Labels are given as names and values by turns.
public final class Measures {

    private final List<Consumer<MeterRegistry>> meters = new ArrayList<>();
    private @Nullable MeterRegistry registry;

    /// Counts up from 0.
    public LongAdder counter(String name, String help, String... labels) {
        LongAdder count = new LongAdder();
        counter(name, help, count, labels);
        return count;
    }

    void counter(String name, String help, LongAdder count, String... labels) {
        show(shown -> FunctionCounter.builder(name, count, LongAdder::sum)
                .description(help)
                .tags(labels)
                .register(shown));
    }

    /// A number that goes up and down; `NaN` as long as it is not known.
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        show(shown -> Gauge.builder(name, value::getAsDouble)
                .description(help)
                .tags(labels)
                .register(shown));
    }

    /// Counts values in buckets.
    ///
    /// @param unit such as `seconds`, which becomes the end of the name; empty for plain numbers
    /// @param bounds the upper bounds of the buckets
    public Distribution distribution(String name, String help, String unit, double[] bounds, String... labels) {
        Distribution distribution = new Distribution();
        show(shown -> distribution.into(DistributionSummary.builder(name)
                .description(help)
                .baseUnit(unit.isEmpty() ? null : unit)
                .serviceLevelObjectives(bounds)
                .tags(labels)
                .register(shown)));
        return distribution;
    }

    /// Shows everything there is and will be; the first caller wins.
    synchronized void showIn(MeterRegistry made) {
        if (registry == null) {
            registry = made;
            meters.forEach(meter -> meter.accept(made));
        }
    }

    private synchronized void show(Consumer<MeterRegistry> meter) {
        // Kept for good, because the registry holds what it counts only weakly.
        meters.add(meter);
        if (registry != null) {
            meter.accept(registry);
        }
    }

    /// Values that are counted in buckets.
    public static final class Distribution {

        private static final int MOST_EARLY = 1_000;

        private final Queue<Double> early = new ConcurrentLinkedQueue<>();
        private final AtomicInteger left = new AtomicInteger(MOST_EARLY);
        private volatile @Nullable DistributionSummary summary;

        private Distribution() {}

        public void record(double value) {
            DistributionSummary known = summary;
            if (known != null) {
                known.record(value);
            } else if (left.getAndDecrement() > 0) {
                early.add(value);
                tell();
            }
        }

        private void into(DistributionSummary made) {
            summary = made;
            tell();
        }

        private void tell() {
            DistributionSummary known = summary;
            Double value;
            while (known != null && (value = early.poll()) != null) {
                known.record(value);
            }
        }
    }
}
