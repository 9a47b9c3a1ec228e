package dev.gavel.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.kernel.Money;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "33, 0",
        "34, 1",
        "100, 3",
        "52001, 1560",
        "1000000, 30000",
        "9223372036854775807, 276701161105643274"
    })
    void theFeeIsThreePercentRoundedDown(long amount, long fee) {
        assertThat(Fees.STANDARD.of(Money.krw(amount))).isEqualTo(Money.krw(fee));
    }

    @Test
    void theFeeIsExactForEveryAmount() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            long amount = random.nextLong() >>> 1 + random.nextInt(60);
            BigInteger exact =
                    BigInteger.valueOf(amount).multiply(BigInteger.valueOf(30)).divide(BigInteger.valueOf(1_000));
            assertThat(Fees.STANDARD.of(Money.krw(amount)).minorUnits()).isEqualTo(exact.longValueExact());
        }
    }

    @Test
    void aFeeIsNeverOfNothingOrOfMoreThanAll() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fees.STANDARD.of(Money.krw(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fees(1_001));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fees(-1));
    }
}
