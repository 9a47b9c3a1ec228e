package dev.gavel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"12000,KRW,12000", "25.50,EUR,2550", "25.5,EUR,2550", "-1,KRW,-1", "1.234,BHD,1234"})
    void readsAmountsInTheMinorUnitsOfTheirCurrency(String amount, String currency, long minorUnits) {
        assertThat(Money.of(amount, currency).minorUnits()).isEqualTo(minorUnits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1,000",
                "1e9",
                "0x10",
                "NaN",
                "1.5",
                "99999999999999999999",
                "9223372036854775808",
                "١٢",
                "-",
                ".",
                "1.",
                ".5",
                "--1",
                "+1",
                "1.0.0",
                "1.000000000000000000001"
            })
    void refusesWhatIsNotAWholeAmountOfWon(String amount) {
        assertThatThrownBy(() -> Money.of(amount, "KRW")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAndWritesAsBigDecimalDoes() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261123);
        for (int i = 0; i < 20_000; i++) {
            long units = random.nextLong() >> random.nextInt(64);
            for (Map.Entry<String, Integer> currency :
                    Map.of("KRW", 0, "USD", 2, "BHD", 3).entrySet()) {
                BigDecimal exact = BigDecimal.valueOf(units, currency.getValue());
                Money money = new Money(units, Currency.getInstance(currency.getKey()));
                assertThat(money.amount()).isEqualTo(exact.toPlainString());
                assertThat(Money.of(money.amount(), currency.getKey())).isEqualTo(money);
                String longer = exact.setScale(currency.getValue() + 1, RoundingMode.UNNECESSARY)
                        .toPlainString();
                if (longer.length() <= 24) {
                    assertThat(Money.of(longer, currency.getKey())).isEqualTo(money);
                }
            }
        }
        assertThat(Money.of("-0.05", "USD").minorUnits()).isEqualTo(-5);
        assertThat(Money.of("007", "KRW").minorUnits()).isEqualTo(7);
    }

    @Test
    void equalsByAmountAndCurrency() {
        assertThat(Money.krw(5)).isEqualTo(Money.of("5", "KRW")).hasSameHashCodeAs(Money.of("5.0", "KRW"));
        assertThat(Money.krw(5)).isNotEqualTo(Money.krw(6)).isNotEqualTo(Money.of("0.05", "USD"));
    }

    @Test
    void whatIsTakenAwayLeavesTheRest() {
        Money price = Money.krw(52_000);

        assertThat(price.minus(Money.krw(2_000))).isEqualTo(Money.krw(50_000));
        assertThat(price.minus(price)).isEqualTo(price.zero()).matches(Money::isZero);
    }

    @Test
    void neverMixesCurrencies() {
        assertThatThrownBy(() -> Money.krw(1).plus(Money.of("1", "USD"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverWrapsAround() {
        assertThatThrownBy(() -> Money.krw(Long.MAX_VALUE).plus(1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void writesExactlyTheDecimalsOfItsCurrency() {
        assertThat(Money.of("25.5", "EUR").amount()).isEqualTo("25.50");
        assertThat(Money.krw(1000).amount()).isEqualTo("1000");
    }
}
