package dev.gavel.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Says every few seconds how far something is.
final class Progress {

    private final PrintStream out;
    private final long everyNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Progress(PrintStream out, Duration every) {
        this.out = out;
        this.everyNanos = every.toNanos();
    }

    void say(Supplier<String> what) {
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + everyNanos)) {
            out.println(what.get());
        }
    }

    void now(String what) {
        out.println(what);
    }
}
