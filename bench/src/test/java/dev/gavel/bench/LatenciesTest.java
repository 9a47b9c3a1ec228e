package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesAreThoseOfWhatWasCounted() {
        Latencies latencies = new Latencies();
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.add(millis * 1_000L);
        }
        assertThat(latencies.percentile(50)).isCloseTo(500, Percentage.withPercentage(4));
        assertThat(latencies.percentile(99)).isCloseTo(990, Percentage.withPercentage(4));
        assertThat(latencies.percentile(100)).isEqualTo(1_000);
        assertThat(latencies.largest()).isEqualTo(1_000);
    }

    @Test
    void whatOneCountsIsAddedToAnother() {
        Latencies one = new Latencies();
        Latencies other = new Latencies();
        one.add(7);
        other.add(3_600_000_000L);
        one.add(other);
        assertThat(one.percentile(50)).isEqualTo(0.007);
        assertThat(one.percentile(99)).isCloseTo(3_600_000, within(1.0));
        one.clear();
        assertThat(one.percentile(99)).isZero();
    }
}
