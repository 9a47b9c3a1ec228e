package dev.gavel.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it. UTC; safe for many threads.
public final class MovableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private MovableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    public static MovableClock at(Instant now) {
        return new MovableClock(new AtomicReference<>(now), ZoneOffset.UTC);
    }

    /// @param now in ISO 8601, such as `2026-11-22T12:00:00Z`
    public static MovableClock at(String now) {
        return at(Instant.parse(now));
    }

    /// Moves on, or back when the duration is negative, and tells the new time.
    public Instant advance(Duration by) {
        return now.updateAndGet(time -> time.plus(by));
    }

    public void set(Instant time) {
        now.set(time);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /// The same clock seen in another zone: moving one moves both.
    @Override
    public Clock withZone(ZoneId other) {
        return new MovableClock(now, other);
    }
}
