package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the events of all PingSources when their time has come. A tick whose sink does not take it after five retries
/// is lost; so is one that comes while too many of the same source are still under way.
final class Pings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pings.class);
    private static final long LONGEST_NAP_MILLIS = 50;
    private static final int RETRIES = 5;
    private static final int TICKS_AT_ONCE = 10;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final List<Timer> timers;
    private final Courier courier;
    private final Function<Destination, URI> addresses;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService ticks = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("ping-sources").unstarted(this::run);

    Pings(List<PingSource> sources, Courier courier, Function<Destination, URI> addresses, Clock clock) {
        this.courier = courier;
        this.addresses = addresses;
        this.clock = clock;
        timers = sources.stream().map(Timer::new).toList();
    }

    void start() {
        timers.forEach(timer -> timer.schedule(clock.instant()));
        if (!timers.isEmpty()) {
            thread.start();
        }
    }

    List<Snapshot.PingNumbers> numbers() {
        return timers.stream()
                .map(timer -> new Snapshot.PingNumbers(
                        timer.source.namespace(), timer.source.name(), timer.sent.sum(), timer.lost.sum()))
                .toList();
    }

    @Override
    public void close() {
        stopping.countDown();
        ticks.shutdownNow();
    }

    private void run() {
        try {
            do {
                var now = clock.instant();
                timers.stream().filter(timer -> timer.due(now)).forEach(timer -> {
                    timer.schedule(now);
                    ticks.execute(() -> tick(timer, now));
                });
                // Short naps, so that a clock that jumps is noticed.
            } while (!stopping.await(LONGEST_NAP_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(Timer timer, Instant now) {
        if (!timer.room.tryAcquire()) {
            timer.lose("its earlier ticks are still under way");
            return;
        }
        try {
            send(timer, event(timer.source, now));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timer.room.release();
        }
    }

    private void send(Timer timer, CloudEvent event) throws InterruptedException {
        var backoff = FIRST_BACKOFF;
        for (var attempt = 0; ; attempt++) {
            var answer = courier.post(() -> addresses.apply(timer.source.sink()), event, Map.of(), TIMEOUT);
            if (answer instanceof Answer.Response response && response.successful()) {
                timer.sent.increment();
                return;
            }
            if (!answer.retryable() || attempt == RETRIES) {
                timer.lose("its sink " + answer.summary());
                return;
            }
            if (stopping.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            backoff = backoff.multipliedBy(2);
        }
    }

    private static CloudEvent event(PingSource source, Instant now) {
        var event = CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withType("dev.knative.sources.ping")
                .withSource(URI.create(source.source()))
                .withTime(now.atOffset(ZoneOffset.UTC));
        if (source.data().length > 0) {
            event.withData(source.contentType(), source.data());
        }
        source.extensions().forEach(event::withExtension);
        return event.build();
    }

    private static final class Timer {
        private final PingSource source;
        private final Semaphore room = new Semaphore(TICKS_AT_ONCE);
        private final LongAdder sent = new LongAdder();
        private final LongAdder lost = new LongAdder();
        private @Nullable Instant next;

        private Timer(PingSource source) {
            this.source = source;
        }

        private void schedule(Instant now) {
            next = source.schedule()
                    .next(now.atZone(source.zone()))
                    .map(ZonedDateTime::toInstant)
                    .orElse(null);
        }

        private boolean due(Instant now) {
            return Optional.ofNullable(next).filter(tick -> !tick.isAfter(now)).isPresent();
        }

        private void lose(String reason) {
            lost.increment();
            LOG.warn("PingSource {}/{}: event is lost, {}", source.namespace(), source.name(), reason);
        }
    }
}
