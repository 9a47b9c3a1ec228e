package dev.gavel.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of work in a trace: begun, told about, closed once. Where nobody records, beginning one costs nothing and
/// telling it something does nothing.
public final class Span implements AutoCloseable {

    /// What a piece of work is to whoever asked for it; the numbers are those of OTLP.
    public enum Kind {
        INTERNAL(1),
        SERVER(2),
        CLIENT(3),
        PRODUCER(4),
        CONSUMER(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /// A span that is over.
    ///
    /// @param parent the id of the span it is part of, unless it began the trace
    /// @param begun and `ended` in nanoseconds since 1970
    /// @param attributes texts, numbers and truths
    /// @param links what else it was done for
    /// @param failure why it failed, if it did
    record Ended(
            Trace trace,
            @Nullable String parent,
            Kind kind,
            String name,
            long begun,
            long ended,
            Map<String, Object> attributes,
            List<Trace> links,
            @Nullable String failure) {}

    private final Trace trace;
    private final @Nullable String parent;
    private final Kind kind;
    private final boolean recorded;
    private final long begun;
    private final long began;
    private final Map<String, Object> attributes;
    private final List<Trace> links;
    private String name;
    private @Nullable String failure;
    private boolean closed;

    private Span(Trace trace, @Nullable String parent, Kind kind, String name, boolean recorded) {
        this.trace = trace;
        this.parent = parent;
        this.kind = kind;
        this.name = name;
        this.recorded = recorded;
        this.begun = recorded ? nanosSince1970() : 0;
        this.began = recorded ? System.nanoTime() : 0;
        this.attributes = recorded ? new LinkedHashMap<>() : Map.of();
        this.links = recorded ? new ArrayList<>() : List.of();
    }

    /// A part of what this thread is working on; recorded by nobody when that is part of no trace.
    public static Span begin(Kind kind, String name) {
        return within(Trace.current(), kind, name);
    }

    /// A part of the work at another place.
    public static Span within(Trace parent, Kind kind, String name) {
        return parent.tracer().on() && parent.sampled()
                ? new Span(parent.child(), parent.spanId(), kind, name, true)
                : new Span(parent, null, kind, name, false);
    }

    /// Work that came from outside: in the trace of its `traceparent`, or else in a new one.
    static Span outermost(Tracer tracer, Kind kind, String name, @Nullable String traceparent) {
        Trace outside = Trace.read(traceparent, tracer);
        Trace trace = outside == null ? Trace.start(tracer) : outside.child();
        return new Span(trace, outside == null ? null : outside.spanId(), kind, name, tracer.on() && trace.sampled());
    }

    /// Does a piece of work in a span of its own, and tells whether it failed.
    public static void around(Kind kind, String name, Runnable work) {
        try (Span span = begin(kind, name)) {
            span.run(work);
        }
    }

    /// The place of what is done within.
    public Trace trace() {
        return trace;
    }

    /// Does some of the work; an exception is noted and goes on.
    public void run(Runnable work) {
        try {
            trace.run(work);
        } catch (RuntimeException | Error trouble) {
            failed(trouble.getClass().getSimpleName());
            throw trouble;
        }
    }

    /// Calls it something better, once that is known.
    public synchronized Span named(String better) {
        name = better;
        return this;
    }

    /// Says something about it, in the words of OpenTelemetry's semantic conventions where they have one.
    public synchronized Span with(String attribute, Object value) {
        if (recorded) {
            attributes.put(attribute, value);
        }
        return this;
    }

    /// Says what else it is done for.
    public synchronized Span linked(Trace other) {
        if (recorded && !other.spanId().equals(parent)) {
            links.add(other);
        }
        return this;
    }

    /// Says that it failed; never with anything a person has written.
    public synchronized Span failed(String why) {
        failure = why;
        return this;
    }

    /// It is over. Closing twice is the same as once.
    @Override
    public void close() {
        Ended ended = ended();
        if (ended != null) {
            trace.tracer().record(ended);
        }
    }

    private synchronized @Nullable Ended ended() {
        if (!recorded || closed) {
            return null;
        }
        closed = true;
        return new Ended(
                trace,
                parent,
                kind,
                name,
                begun,
                begun + System.nanoTime() - began,
                Map.copyOf(attributes),
                List.copyOf(links),
                failure);
    }

    private static long nanosSince1970() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
