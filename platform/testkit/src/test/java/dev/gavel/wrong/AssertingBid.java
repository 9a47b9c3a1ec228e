package dev.gavel.wrong;

import org.assertj.core.api.Assertions;

final class AssertingBid {

    void check(int bid) {
        Assertions.assertThat(bid).isPositive();
    }
}
