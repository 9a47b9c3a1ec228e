package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DemoAppetiteTest {

    private final DemoAppetite appetite = new DemoAppetite(new SplittableRandom(1));

    @Test
    void nobodyBidsMoreThanTheyBelieve() {
        assertThat(appetite.amount(50_001, 50_000)).isEmpty();
        for (long minimum = 1_000; minimum <= 600_000; minimum += 997) {
            long believable = minimum + 3_000;
            assertThat(appetite.amount(minimum, believable).orElseThrow()).isBetween(minimum, believable);
        }
    }

    @Test
    void whatABidderBelievesIsNearTheWorthAndStays() {
        for (int i = 0; i < 200; i++) {
            assertThat(DemoAppetite.believable(100_000, "auc_" + i))
                    .isBetween(85_000L, 110_000L)
                    .isEqualTo(DemoAppetite.believable(100_000, "auc_" + i));
        }
    }

    @Test
    void theNearerTheEndTheMoreAttention() {
        assertThat(List.of(
                        DemoAppetite.weight(Duration.ofMinutes(30)),
                        DemoAppetite.weight(Duration.ofMinutes(4)),
                        DemoAppetite.weight(Duration.ofSeconds(30))))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatHasNoWeightIsNeverChosen() {
        for (int i = 0; i < 100; i++) {
            assertThat(appetite.choose(List.of(0, 3, 0, 5))).isIn(1, 3);
        }
    }
}
