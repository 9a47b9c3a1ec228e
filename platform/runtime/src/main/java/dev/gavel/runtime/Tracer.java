package dev.gavel.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Records the spans of one process, if `OTEL_EXPORTER_OTLP_ENDPOINT` says where to send them. They wait in a bounded
/// queue and leave in batches from a thread of their own, which begins when the first piece of work from outside is
/// over: never before the first answer. What the queue has no room for, or what nobody takes, is dropped and counted.
///
/// `OTEL_TRACES_SAMPLER_ARG` is the part of the traces begun here that is recorded, from 0 to 1 (1 by default); of a
/// trace begun elsewhere its flags decide.
public final class Tracer implements AutoCloseable {

    /// Records nothing.
    public static final Tracer OFF = new Tracer(null, 1);

    private static final int MOST_WAITING = 4_096;
    private static final int BATCH = 512;
    private static final Duration GATHERS = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final @Nullable Spans spans;
    private final double sampled;
    private final BlockingQueue<Span.Ended> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private @Nullable Thread sender;
    private boolean closed;

    Tracer(@Nullable Spans spans, double sampled) {
        this.spans = spans;
        this.sampled = sampled;
    }

    /// @param service what the process calls itself, such as `place-bid`
    /// @throws CannotStart when a setting is malformed
    public static Tracer of(Settings settings, String service) {
        double sampled = settings.share("OTEL_TRACES_SAMPLER_ARG", 1);
        return settings.find(OtlpSpans.ENDPOINT).isPresent()
                ? new Tracer(new OtlpSpans(settings.address(OtlpSpans.ENDPOINT), service), sampled)
                : OFF;
    }

    /// Whether anybody wants to know.
    public boolean on() {
        return spans != null;
    }

    /// Begins the work that something from outside asks for.
    ///
    /// @param traceparent what it said about the trace it is part of
    public Span begin(Span.Kind kind, String name, @Nullable String traceparent) {
        return Span.outermost(this, kind, name, traceparent);
    }

    /// Does work in the trace that a `traceparent` names, if it does.
    public void within(@Nullable String traceparent, Runnable work) {
        Trace place = on() ? Trace.read(traceparent, this) : null;
        if (place == null) {
            work.run();
        } else {
            place.run(work);
        }
    }

    /// What became of the spans: the counts behind `gavel_spans_total`, by their result.
    public Map<String, LongAdder> counts() {
        return Map.of("sent", sent, "dropped", dropped, "failed", failed);
    }

    boolean samples(long random) {
        return sampled >= 1 || (random >>> 11) * 0x1.0p-53 < sampled;
    }

    void record(Span.Ended span) {
        if (!queue.offer(span)) {
            dropped.increment();
        }
        if (span.kind() == Span.Kind.SERVER || span.kind() == Span.Kind.CONSUMER) {
            startSending();
        }
    }

    private synchronized void startSending() {
        if (sender == null && !closed) {
            sender = Thread.ofVirtual().name("spans").start(this::send);
        }
    }

    synchronized boolean sending() {
        return sender != null;
    }

    private void send() {
        List<Span.Ended> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                Thread.sleep(GATHERS);
                do {
                    queue.drainTo(batch, BATCH - batch.size());
                    if (!sent(batch)) {
                        Thread.sleep(AFTER_FAILURE);
                    }
                } while (!queue.isEmpty());
            }
        } catch (InterruptedException _) {
            // Closed: what is there gets one more chance.
            queue.drainTo(batch, BATCH - batch.size());
            try {
                sent(batch);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean sent(List<Span.Ended> batch) throws InterruptedException {
        if (spans == null || batch.isEmpty()) {
            return true;
        }
        try {
            spans.send(batch);
            sent.add(batch.size());
            batch.clear();
            return true;
        } catch (IOException | RuntimeException _) {
            // Traces are worth less than whatever the process does: no second try, no line in the log for each.
            failed.add(batch.size());
            batch.clear();
            return false;
        }
    }

    /// Sends what is waiting, for which it has 3 seconds.
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = sender;
        }
        if (last == null) {
            return;
        }
        last.interrupt();
        try {
            boolean _ = last.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
