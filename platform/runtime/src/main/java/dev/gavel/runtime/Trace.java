package dev.gavel.runtime;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The place of a piece of work in a W3C trace: 32 hex digits for the whole, 16 for this part of it, and the
/// flags.
public record Trace(String traceId, String spanId, String flags) {

    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();
    private static final HexFormat HEX = HexFormat.of();

    /// The trace of the request that this thread is working on, or a new one when it works on none.
    public static Trace current() {
        return CURRENT.isBound() ? CURRENT.get() : start();
    }

    static @Nullable Trace bound() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// Does work as part of this trace, for example on another thread than the request's.
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    static Trace start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new Trace(HEX.toHexDigits(random.nextLong() | 1) + HEX.toHexDigits(random.nextLong()), span(), "01");
    }

    /// A child of the trace that a valid `traceparent` names, otherwise a new one.
    static Trace of(@Nullable String traceparent) {
        if (traceparent == null || !valid(traceparent)) {
            return start();
        }
        return new Trace(traceparent.substring(3, 35), span(), traceparent.substring(53, 55));
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
