package dev.gavel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    @ValueSource(strings = {"", " 1", "1,000", "1e9", "0x10", "NaN", "1.5", "99999999999999999999", "١٢"})
    void refusesWhatIsNotAWholeAmountOfWon(String amount) {
        assertThatThrownBy(() -> Money.of(amount, "KRW")).isInstanceOf(IllegalArgumentException.class);
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
