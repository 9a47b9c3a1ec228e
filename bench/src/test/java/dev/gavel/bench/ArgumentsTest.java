package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    private static Arguments of(String line) {
        return Arguments.of(line.isEmpty() ? List.of() : List.of(line.split(" ")), Set.of("events"), Set.of("settle"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--settle --events 7", "--events 7 --settle"})
    void aFlagHasNoValue(String line) {
        assertThat(of(line).has("settle")).isTrue();
        assertThat(of(line).number("events", 1)).isEqualTo(7);
    }

    @Test
    void whatIsNotSaidIsNotThere() {
        assertThat(of("").has("settle")).isFalse();
        assertThat(of("").number("events", 9)).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--event 7", "--events", "events 7", "--settle trades"})
    void whatCannotBeUnderstoodIsRefusedWithWhatCan(String line) {
        assertThatExceptionOfType(Arguments.Wrong.class)
                .isThrownBy(() -> of(line))
                .withMessageContaining("[events]")
                .withMessageContaining("[settle]");
    }
}
