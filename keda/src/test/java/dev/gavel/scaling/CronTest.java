package dev.gavel.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            45 19 * * *    | 2026-11-20T18:00 | 2026-11-20T19:45
            45 19 * * *    | 2026-11-20T19:45 | 2026-11-21T19:45
            */20 9-10 * * *| 2026-11-20T09:41 | 2026-11-20T10:00
            0 0 29 2 *     | 2026-11-20T18:00 | 2028-02-29T00:00
            0 12 * * 1-5   | 2026-11-20T18:00 | 2026-11-23T12:00
            0 12 * * 7     | 2026-11-20T18:00 | 2026-11-22T12:00
            0 12 1 * 1     | 2026-11-20T18:00 | 2026-11-23T12:00
            5,10 8 1-3/2 12 *| 2026-11-20T18:00 | 2026-12-01T08:05
            """)
    void theNextTime(String cron, LocalDateTime now, LocalDateTime next) {
        assertThat(Cron.of(cron).after(now)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "60 * * * *",
                "0 24 * * *",
                "x * * * *",
                "0 0 30 2 *",
                "5-1 * * * *",
                "*/0 * * * *"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Cron.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be used");
    }
}
