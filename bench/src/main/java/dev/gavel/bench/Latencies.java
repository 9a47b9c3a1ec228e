package dev.gavel.bench;

/// Counts lengths of time in steps of about 3 %, from a microsecond to more than an hour. Not thread-safe.
final class Latencies {

    private static final int STEPS = 32;
    private static final int MOST = STEPS * 32;

    private final long[] counts = new long[MOST];
    private long total;
    private long largest;

    void add(long micros) {
        long value = Math.max(0, micros);
        counts[step(value)]++;
        total++;
        largest = Math.max(largest, value);
    }

    void add(Latencies others) {
        for (int i = 0; i < MOST; i++) {
            counts[i] += others.counts[i];
        }
        total += others.total;
        largest = Math.max(largest, others.largest);
    }

    void clear() {
        java.util.Arrays.fill(counts, 0);
        total = 0;
        largest = 0;
    }

    /// In milliseconds, rounded up to the end of its step; 0 when nothing was counted.
    double percentile(double percent) {
        long rank = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int i = 0; i < MOST; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(largest, end(i)) / 1e3;
            }
        }
        return 0;
    }

    double largest() {
        return largest / 1e3;
    }

    private static int step(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - 6;
        return Math.min(MOST - 1, (shift + 1) * STEPS + (int) (value >>> shift) - STEPS);
    }

    private static long end(int step) {
        if (step < STEPS) {
            return step;
        }
        int shift = step / STEPS - 1;
        return ((long) (step % STEPS + STEPS + 1) << shift) - 1;
    }
}
