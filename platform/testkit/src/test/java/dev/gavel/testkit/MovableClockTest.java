package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MovableClockTest {

    @Test
    void itStandsStillUntilItIsMoved() {
        var clock = MovableClock.at("2026-11-22T12:00:00Z");
        var seoul = clock.withZone(ZoneId.of("Asia/Seoul"));
        assertThat(clock.instant()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(clock.advance(Duration.ofMinutes(5))).isEqualTo("2026-11-22T12:05:00Z");
        assertThat(seoul.instant()).isEqualTo(clock.instant());
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }
}
