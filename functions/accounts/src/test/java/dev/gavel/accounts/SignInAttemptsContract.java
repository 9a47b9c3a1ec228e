package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every `SignInAttempts` does.
abstract class SignInAttemptsContract {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int LIMIT = 5;

    private final String bucket = UUID.randomUUID().toString();
    // The real time, because DynamoDB removes what expired by its own clock.
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusMillis(123);

    abstract SignInAttempts attempts();

    private boolean take(Instant now) {
        return attempts().take(bucket, UUID.randomUUID().toString(), now, LIMIT, WINDOW);
    }

    private void fill() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(take(start.plusSeconds(i))).isTrue();
        }
    }

    @Test
    void afterTheLimitNoneIsLeft() {
        fill();

        assertThat(take(start.plusSeconds(LIMIT))).isFalse();
    }

    @Test
    void theWindowBeginsWithTheFirstTryAndIsNeverProlonged() {
        fill();
        for (int minute = 1; minute < 15; minute++) {
            assertThat(take(start.plus(Duration.ofMinutes(minute)))).isFalse();
        }
        assertThat(take(start.plus(WINDOW).minusMillis(1))).isFalse();

        assertThat(take(start.plus(WINDOW))).isTrue();
    }

    @Test
    void theNextWindowHasTheSameLimit() {
        fill();
        Instant next = start.plus(WINDOW);
        for (int i = 0; i < LIMIT; i++) {
            assertThat(take(next)).isTrue();
        }

        assertThat(take(next)).isFalse();
    }

    @Test
    void bucketsDoNotShareTheirLimit() {
        fill();

        assertThat(attempts().take(bucket + " of another", "attempt", start, LIMIT, WINDOW))
                .isTrue();
    }

    @Test
    void aTryGivenBackCanBeMadeAgain() {
        assertThat(attempts().take(bucket, "mine", start, LIMIT, WINDOW)).isTrue();
        for (int i = 1; i < LIMIT; i++) {
            assertThat(take(start)).isTrue();
        }
        attempts().giveBack(bucket, "mine");
        attempts().giveBack(bucket, "mine");

        assertThat(take(start)).isTrue();
        assertThat(take(start)).isFalse();
    }

    @Test
    void givingBackTheOnlyTryOrNoneAddsNothing() {
        attempts().giveBack(bucket, "mine");
        attempts().take(bucket, "mine", start, LIMIT, WINDOW);
        attempts().giveBack(bucket, "mine");
        attempts().giveBack(bucket, "somebody else's");

        fill();
        assertThat(take(start)).isFalse();
    }

    @Test
    void theSameTryIsCountedOnce() {
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(attempts().take(bucket, "mine", start, LIMIT, WINDOW)).isTrue();
        }
        for (int i = 1; i < LIMIT; i++) {
            assertThat(take(start)).isTrue();
        }

        assertThat(attempts().take(bucket, "mine", start, LIMIT, WINDOW)).isTrue();
        assertThat(take(start)).isFalse();
    }

    @Test
    void clearingForgetsAll() {
        fill();
        attempts().clear(bucket);
        attempts().clear(bucket);

        fill();
        assertThat(take(start)).isFalse();
    }

    @Test
    void ofManyAtOnceNoMoreThanTheLimitAreLetThrough() throws Exception {
        Callable<Boolean> attempt = () -> take(start);

        int taken = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(4 * LIMIT, attempt))) {
                taken += answer.get() ? 1 : 0;
            }
        }

        assertThat(taken).isEqualTo(LIMIT);
    }
}
