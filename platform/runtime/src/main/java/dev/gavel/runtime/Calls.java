package dev.gavel.runtime;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// Calls a function; when somebody else wrote first, calls it again up to three times with growing, random
/// pauses.
record Calls(Function<Object, Outcome<?>> function, Meters meters) {

    private static final int RETRIES = 3;
    private static final long FIRST_PAUSE_MICROS = 4_000;

    /// @throws StaleWrite when it lost every race
    Outcome<?> call(Call<?> call) {
        for (int retry = 0; ; retry++) {
            try {
                return function.apply(call);
            } catch (StaleWrite e) {
                if (retry == RETRIES) {
                    meters.count(Meters.Event.STALE_GIVEN_UP);
                    throw e;
                }
                meters.count(Meters.Event.STALE_RETRIED);
                pause(retry);
            }
        }
    }

    private static void pause(int retry) {
        long bound = FIRST_PAUSE_MICROS << 2 * retry;
        try {
            Thread.sleep(Duration.ofNanos(1_000 * ThreadLocalRandom.current().nextLong(bound / 4, bound)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted before trying again", e);
        }
    }
}
