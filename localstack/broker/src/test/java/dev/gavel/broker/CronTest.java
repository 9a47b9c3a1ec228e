package dev.gavel.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    */5 * * * * *        | 2026-03-01T10:00:03Z | 2026-03-01T10:00:05Z
                    */5 * * * * *        | 2026-03-01T10:00:05Z | 2026-03-01T10:00:10Z
                    */5 * * * * *        | 2026-12-31T23:59:55Z | 2027-01-01T00:00:00Z
                    45 18 * * *          | 2026-03-01T18:45:00Z | 2026-03-02T18:45:00Z
                    0 0 29 2 *           | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z
                    0 9 * * MON-FRI      | 2026-03-06T09:00:00Z | 2026-03-09T09:00:00Z
                    0 0 13 * FRI         | 2026-03-01T00:00:00Z | 2026-03-06T00:00:00Z
                    0 0 1 JAN,jul *      | 2026-03-01T00:00:00Z | 2026-07-01T00:00:00Z
                    10/20 * * * *        | 2026-03-01T00:11:00Z | 2026-03-01T00:30:00Z
                    0 8-10/2 * * ?       | 2026-03-01T08:00:00Z | 2026-03-01T10:00:00Z
                    @hourly              | 2026-03-01T08:00:00Z | 2026-03-01T09:00:00Z
                    @every 1m30s         | 2026-03-01T08:00:00Z | 2026-03-01T08:01:30Z
                    """)
    void theNextTickIsStrictlyLater(String schedule, ZonedDateTime from, ZonedDateTime next) {
        assertThat(Cron.parse(schedule).next(from)).contains(next);
    }

    @Test
    void ticksAreInTheZoneOfTheMomentEvenOverAChangeOfTheClocks() {
        var evening = ZonedDateTime.parse("2026-03-28T18:45:00Z[Europe/London]");
        assertThat(Cron.parse("45 18 * * *").next(evening).map(ZonedDateTime::toInstant))
                .contains(ZonedDateTime.parse("2026-03-29T17:45:00Z").toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * *",
                "* * * * * * *",
                "61 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 7",
                "5-1 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "1-2-3 * * * *",
                "@sometimes",
                "@every soon",
                "@every 0s",
                ""
            })
    void whatIsNoScheduleIsRefused(String schedule) {
        assertThatThrownBy(() -> Cron.parse(schedule)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDayThatNeverComesHasNoTick() {
        assertThat(Cron.parse("0 0 30 2 *").next(ZonedDateTime.parse("2026-03-01T00:00:00Z")))
                .isEmpty();
    }
}
