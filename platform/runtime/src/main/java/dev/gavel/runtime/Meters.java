package dev.gavel.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the host counts. The registry is made after the first answer, so that it does not delay it.
final class Meters {

    /// How a request ended.
    enum Result {
        ACCEPTED,
        REJECTED,
        /// Undecodable, incomplete or unknown.
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        REPEATED,
        CONFLICT,
        UNAVAILABLE,
        OVERLOADED,
        TIMED_OUT,
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Things that are only counted, by meter name and the value of its label `result`.
    enum Event {
        KEY_CLAIMED("gavel.idempotency", "claimed"),
        KEY_REPLAYED("gavel.idempotency", "replayed"),
        KEY_RUNNING("gavel.idempotency", "running"),
        KEY_OTHER_PAYLOAD("gavel.idempotency", "other-payload"),
        EVENT_CLAIMED("gavel.inbox", "claimed"),
        EVENT_SEEN("gavel.inbox", "seen"),
        EVENT_RUNNING("gavel.inbox", "running"),
        STALE_RETRIED("gavel.stale.writes", "retried"),
        STALE_GIVEN_UP("gavel.stale.writes", "given-up");

        private final String meter;
        private final String result;

        Event(String meter, String result) {
            this.meter = meter;
            this.result = result;
        }
    }

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
        Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
        Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10)
    };

    private record Watched(String meter, String result, LongAdder count) {}

    private final List<Watched> watched = new ArrayList<>();
    private final LongAdder[] events = new LongAdder[Event.values().length];
    private final Map<String, Timer[]> timers = new ConcurrentHashMap<>();
    private final Supplier<MeterRegistry> source;
    private final Supplier<Integer> inFlight;
    private final Measures measures;
    private final Instant processStart = OwnProcess.started();
    private volatile double readySeconds;
    private volatile double firstAnswerSeconds;
    private volatile @Nullable MeterRegistry registry;

    Meters(Supplier<MeterRegistry> source, Supplier<Integer> inFlight, Measures measures) {
        this.source = source;
        this.inFlight = inFlight;
        this.measures = measures;
        for (int i = 0; i < events.length; i++) {
            events[i] = new LongAdder();
        }
    }

    void count(Event event) {
        events[event.ordinal()].increment();
    }

    /// Shows what somebody else counts.
    synchronized void watch(String meter, String result, LongAdder count) {
        Watched counter = new Watched(meter, result, count);
        watched.add(counter);
        MeterRegistry known = registry;
        if (known != null) {
            watch(known, counter);
        }
    }

    void ready() {
        readySeconds = sinceStart();
    }

    double readySeconds() {
        return readySeconds;
    }

    /// Records a request after its answer was written.
    void record(String useCase, Result result, long nanos) {
        if (firstAnswerSeconds == 0) {
            firstAnswerSeconds = sinceStart();
        }
        Timer[] byResult = timers.get(useCase);
        if (byResult == null) {
            byResult = timers.computeIfAbsent(useCase, _ -> new Timer[Result.values().length]);
        }
        Timer timer = byResult[result.ordinal()];
        if (timer == null) {
            // The registry returns the same timer to whoever asks twice, so a race here is harmless.
            timer = Timer.builder("gavel.requests")
                    .description("Requests by use case and result")
                    .tag("use_case", useCase)
                    .tag("result", result.label())
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry());
            byResult[result.ordinal()] = timer;
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// The page Prometheus scrapes, or null when the registry is of another kind.
    byte @Nullable [] page() {
        return registry() instanceof PrometheusMeterRegistry prometheus
                ? prometheus.scrape().getBytes(StandardCharsets.UTF_8)
                : null;
    }

    private MeterRegistry registry() {
        MeterRegistry known = registry;
        return known != null ? known : made();
    }

    private synchronized MeterRegistry made() {
        MeterRegistry known = registry;
        if (known != null) {
            return known;
        }
        MeterRegistry created = source.get();
        for (Event event : Event.values()) {
            watch(created, new Watched(event.meter, event.result, events[event.ordinal()]));
        }
        watched.forEach(counter -> watch(created, counter));
        Gauge.builder("gavel.requests.in.flight", () -> inFlight.get()).register(created);
        Gauge.builder("gavel.start.ready.seconds", () -> readySeconds)
                .description("From the start of the process to readiness")
                .register(created);
        Gauge.builder("gavel.start.first.answer.seconds", () -> firstAnswerSeconds)
                .description("From the start of the process to the first answer")
                .register(created);
        measures.showIn(created);
        registry = created;
        return created;
    }

    private static void watch(MeterRegistry registry, Watched counter) {
        FunctionCounter.builder(counter.meter(), counter.count(), LongAdder::sum)
                .tag("result", counter.result())
                .register(registry);
    }

    private double sinceStart() {
        return Duration.between(processStart, Instant.now()).toNanos() / 1e9;
    }

    private static final class OwnProcess {

        // Not by way of the management beans, which cost tens of milliseconds to load.
        static Instant started() {
            return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        }
    }
}
