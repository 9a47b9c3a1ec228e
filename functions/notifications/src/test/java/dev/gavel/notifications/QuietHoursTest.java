package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Over midnight in Seoul, which is 9 hours ahead.
                "22:00 | 08:00 | Asia/Seoul | 2026-11-22T12:59:59Z |",
                "22:00 | 08:00 | Asia/Seoul | 2026-11-22T13:00:00Z | 2026-11-22T23:00:00Z",
                "22:00 | 08:00 | Asia/Seoul | 2026-11-22T15:00:00Z | 2026-11-22T23:00:00Z",
                "22:00 | 08:00 | Asia/Seoul | 2026-11-22T22:59:59Z | 2026-11-22T23:00:00Z",
                "22:00 | 08:00 | Asia/Seoul | 2026-11-22T23:00:00Z |",
                // Within a day.
                "12:00 | 13:00 | Asia/Seoul | 2026-11-22T03:30:00Z | 2026-11-22T04:00:00Z",
                "12:00 | 13:00 | Asia/Seoul | 2026-11-22T04:00:00Z |",
                "12:00 | 13:00 | Asia/Seoul | 2026-11-22T16:00:00Z |",
                // The night the clocks of Berlin jump from 2 to 3: the end is jumped over.
                "22:00 | 02:30 | Europe/Berlin | 2026-03-28T23:30:00Z | 2026-03-29T01:30:00Z",
                "22:00 | 08:00 | Europe/Berlin | 2026-03-28T23:30:00Z | 2026-03-29T06:00:00Z",
                // The night they go back from 3 to 2: the end comes twice, and the first one counts.
                "22:00 | 02:30 | Europe/Berlin | 2026-10-25T00:15:00Z | 2026-10-25T00:30:00Z",
                "22:00 | 02:30 | Europe/Berlin | 2026-10-25T01:15:00Z |",
                "22:00 | 08:00 | Europe/Berlin | 2026-10-24T23:30:00Z | 2026-10-25T07:00:00Z",
            })
    void itIsQuietUntilTheEnd(LocalTime from, LocalTime to, String zone, Instant now, Instant end) {
        assertThat(new QuietHours(from, to).end(now, ZoneId.of(zone))).isEqualTo(Optional.ofNullable(end));
    }

    @Test
    void quietHoursAlwaysEndLaterAndThenItIsNotQuiet() {
        ZoneId zone = ZoneId.of("America/New_York");
        for (int hour = 0; hour < 24; hour++) {
            QuietHours quiet = new QuietHours(LocalTime.of(hour, 15), LocalTime.of((hour + 7) % 24, 45));
            Instant now = Instant.parse("2026-10-30T00:00:00Z");
            for (int i = 0; i < 5 * 24 * 6; i++) {
                Instant at = now.plusSeconds(i * 600L);
                quiet.end(at, zone).ifPresent(end -> {
                    assertThat(end).isAfter(at).isBefore(at.plusSeconds(9 * 3600));
                    assertThat(quiet.end(end, zone)).isEmpty();
                });
            }
        }
    }
}
