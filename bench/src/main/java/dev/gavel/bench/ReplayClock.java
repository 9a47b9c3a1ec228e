package dev.gavel.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Maps the time of the stream, in milliseconds, to the time at which a request counts as received.
/// NEXMark's auctions last from 10 ms to 33 s; a scale of 10,000 makes that 100 s to 4 days, lengths an
/// auction may have.
record ReplayClock(Instant base, long first, int scale) {

    static final int SCALE = 10_000;

    /// Starts at a midnight that is hours away: no schedule on the real clock meets the replayed auctions
    /// before that.
    static ReplayClock from(Instant now, long first) {
        Instant tomorrow = now.atOffset(ZoneOffset.UTC)
                .plusHours(2)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .toInstant();
        return new ReplayClock(tomorrow, first, SCALE);
    }

    Instant at(long millis) {
        return base.plusMillis(Math.multiplyExact(millis - first, (long) scale));
    }
}
