package dev.gavel.wrong;

import java.time.Instant;
import java.util.function.Supplier;

final class WallClock {

    Instant direct() {
        return Instant.now();
    }

    Supplier<Instant> byReference() {
        return Instant::now;
    }

    long millis() {
        return System.currentTimeMillis();
    }
}
