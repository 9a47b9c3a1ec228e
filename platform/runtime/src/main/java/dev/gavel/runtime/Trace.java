package dev.gavel.runtime;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A place in a W3C trace: 32 hex digits for the whole, 16 for the part of it that is being worked on, the flags, and
/// who records what is done there.
public record Trace(String traceId, String spanId, String flags, Tracer tracer) {

    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();
    private static final HexFormat HEX = HexFormat.of();

    /// The place of the work that this thread does, or a new trace that nobody records when it is part of none.
    public static Trace current() {
        return CURRENT.isBound() ? CURRENT.get() : start(Tracer.OFF);
    }

    static @Nullable Trace bound() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// Does work as part of this trace, for example on another thread than the request's.
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    static Trace start(Tracer tracer) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long low = random.nextLong();
        return new Trace(
                HEX.toHexDigits(random.nextLong() | 1) + HEX.toHexDigits(low),
                span(),
                tracer.samples(low) ? "01" : "00",
                tracer);
    }

    /// The place that a valid `traceparent` names, which is somebody else's; otherwise null.
    static @Nullable Trace read(@Nullable String traceparent, Tracer tracer) {
        return traceparent == null || !valid(traceparent)
                ? null
                : new Trace(
                        traceparent.substring(3, 35),
                        traceparent.substring(36, 52),
                        traceparent.substring(53, 55),
                        tracer);
    }

    /// A new place below this one.
    Trace child() {
        return new Trace(traceId, span(), flags, tracer);
    }

    /// Whether whoever began the trace wants it recorded.
    boolean sampled() {
        return (Character.digit(flags.charAt(1), 16) & 1) == 1;
    }

    /// The value of the header or attribute that carries it on.
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    private static String span() {
        return HEX.toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }

    private static boolean valid(String text) {
        boolean form = text.length() == 55 || text.length() > 55 && text.charAt(55) == '-' && !text.startsWith("00");
        return form
                && !text.startsWith("ff")
                && hex(text, 0, 2)
                && text.charAt(2) == '-'
                && hex(text, 3, 35)
                && text.charAt(35) == '-'
                && hex(text, 36, 52)
                && text.charAt(52) == '-'
                && hex(text, 53, 55)
                && !text.regionMatches(3, "00000000000000000000000000000000", 0, 32)
                && !text.regionMatches(36, "0000000000000000", 0, 16);
    }

    private static boolean hex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
