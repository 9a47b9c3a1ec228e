package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PublishedRulesTest {

    private final PublishedRules rules = new PublishedRules(1_000, 8_000);

    @Test
    void thePriceIsOneIncrementAboveTheSecondHighestMaximum() {
        assertThat(rules.take("ann", 5_000).price()).isEqualTo(1_000);
        assertThat(rules.take("bob", 3_000)).isEqualTo(new PublishedRules.Standing("ann", 3_100, 5_000));
        assertThat(rules.take("cat", 5_050)).isEqualTo(new PublishedRules.Standing("cat", 5_050, 5_050));
    }

    @Test
    void ofTwoEqualMaximaTheEarlierLeads() {
        rules.take("ann", 5_000);
        assertThat(rules.take("bob", 5_000)).isEqualTo(new PublishedRules.Standing("ann", 5_000, 5_000));
    }

    @Test
    void leadersDoNotBidAgainstThemselves() {
        rules.take("ann", 5_000);
        assertThat(rules.take("ann", 7_000)).isEqualTo(new PublishedRules.Standing("ann", 1_000, 7_000));
        assertThat(rules.now().minimum("ann")).isEqualTo(7_001);
        assertThat(rules.now().minimum("bob")).isEqualTo(1_100);
    }

    @Test
    void leadersWhoseMaximumCutTheIncrementShortDoNotPayTheRestByRaisingIt() {
        rules.take("ann", 5_000);
        rules.take("bob", 4_950);
        assertThat(rules.take("ann", 7_000).price()).isEqualTo(5_000);
    }

    @Test
    void aMaximumThatReachesTheReserveLiftsThePriceToIt() {
        assertThat(rules.take("ann", 9_000).price()).isEqualTo(8_000);
    }

    @Test
    void lessThanTheMinimumIsNotTaken() {
        rules.take("ann", 5_000);
        assertThatIllegalArgumentException().isThrownBy(() -> rules.take("bob", 1_099));
    }
}
