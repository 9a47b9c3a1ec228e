package dev.gavel.broker;

import static dev.gavel.broker.Delivery.BackoffPolicy.EXPONENTIAL;
import static dev.gavel.broker.Delivery.BackoffPolicy.LINEAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    @Test
    void theLinearWaitGrowsByTheDelay() {
        assertThat(waits(LINEAR)).containsExactly(200L, 400L, 600L, 800L);
    }

    @Test
    void theExponentialWaitDoublesAndBeginsWithTwiceTheDelay() {
        assertThat(waits(EXPONENTIAL)).containsExactly(400L, 800L, 1600L, 3200L);
    }

    @Test
    void aVeryLateRetryDoesNotOverflow() {
        assertThat(of(EXPONENTIAL).backoff(10_000)).isPositive();
    }

    @Test
    void withoutAWordThereIsNoRetryAndTenMinutesOfPatience() {
        assertThat(Delivery.DEFAULT.retry()).isZero();
        assertThat(Delivery.DEFAULT.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(Delivery.DEFAULT.deadLetterSink()).isEmpty();
    }

    private static long[] waits(Delivery.BackoffPolicy policy) {
        return IntStream.rangeClosed(1, 4)
                .mapToLong(n -> of(policy).backoff(n).toMillis())
                .toArray();
    }

    private static Delivery of(Delivery.BackoffPolicy policy) {
        return new Delivery(4, policy, Duration.ofMillis(200), Duration.ofSeconds(1), Optional.empty());
    }
}
