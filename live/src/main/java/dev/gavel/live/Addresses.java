package dev.gavel.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each address has and how fast it makes new ones.
final class Addresses {

    private static final int BURST_SECONDS = 10;
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(BURST_SECONDS);

    private final Map<String, Use> uses = new ConcurrentHashMap<>();
    private final int most;
    private final int newPerSecond;

    Addresses(int most, int newPerSecond) {
        this.most = most;
        this.newPerSecond = newPerSecond;
    }

    /// @param tokens connections it may still make at once, as of `at` (nanoseconds)
    private record Use(int open, double tokens, long at) {}

    /// Takes a connection of this address in, unless it has too many or makes them too fast.
    boolean enter(String address) {
        boolean[] entered = new boolean[1];
        uses.compute(address, (_, use) -> {
            long now = System.nanoTime();
            double tokens = use == null
                    ? newPerSecond * (double) BURST_SECONDS
                    : Math.min(
                            newPerSecond * (double) BURST_SECONDS,
                            use.tokens() + (now - use.at()) / 1e9 * newPerSecond);
            int open = use == null ? 0 : use.open();
            entered[0] = tokens >= 1 && open < most;
            return entered[0] ? new Use(open + 1, tokens - 1, now) : new Use(open, tokens, now);
        });
        return entered[0];
    }

    void leave(String address) {
        uses.computeIfPresent(address, (_, use) -> new Use(use.open() - 1, use.tokens(), use.at()));
    }

    /// Forgets those who have been away long enough to count as new.
    void sweep() {
        long now = System.nanoTime();
        uses.values().removeIf(use -> use.open() <= 0 && now - use.at() > FORGOTTEN_AFTER.toNanos());
    }
}
