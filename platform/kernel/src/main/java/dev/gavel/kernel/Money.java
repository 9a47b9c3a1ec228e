package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;

/// An exact amount in the minor units of its currency: 25.50 EUR is 2550, 1,000 KRW (which has no minor unit) is 1000.
/// Arithmetic is exact and fails on overflow; amounts of different currencies never mix. JSON: `{"amount":"25.50",
/// "currency":"EUR"}`, the amount always a string.
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

    /// Parses a decimal amount as a person would write it.
    ///
    /// @throws IllegalArgumentException when the amount is not a plain decimal, has more decimals than the
    /// currency or does not fit, or the currency is not an ISO 4217 code; the message says what to send instead
    @JsonCreator
    public static Money of(@JsonProperty("amount") String amount, @JsonProperty("currency") String currency) {
        Currency unit = currency(currency);
        int decimals = Math.max(unit.getDefaultFractionDigits(), 0);
        // The length bound keeps "1e999999999" and the like away from BigDecimal.
        if (amount == null || amount.length() > 24 || !amount.matches("-?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("amount must be a plain decimal in a string, such as \"12000\"");
        }
        try {
            return new Money(new BigDecimal(amount).movePointRight(decimals).longValueExact(), unit);
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException(unit + " amounts have at most " + decimals + " decimals and 18 digits: "
                    + amount + " does not fit");
        }
    }

    public static Money krw(long won) {
        return new Money(won, Currency.getInstance("KRW"));
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException | NullPointerException _) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code such as \"KRW\"");
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, same(other).minorUnits), currency);
    }

    public Money plus(long minorUnits) {
        return new Money(Math.addExact(this.minorUnits, minorUnits), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, same(other).minorUnits), currency);
    }

    /// Nothing, in this currency.
    public Money zero() {
        return new Money(0, currency);
    }

    public boolean isZero() {
        return minorUnits == 0;
    }

    public boolean isLessThan(Money other) {
        return compareTo(other) < 0;
    }

    public boolean isAtLeast(Money other) {
        return compareTo(other) >= 0;
    }

    public Money min(Money other) {
        return isLessThan(other) ? this : other;
    }

    public Money max(Money other) {
        return isAtLeast(other) ? this : other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, same(other).minorUnits);
    }

    /// The amount as a decimal string with exactly the currency's decimals.
    public String amount() {
        return BigDecimal.valueOf(minorUnits, Math.max(currency.getDefaultFractionDigits(), 0))
                .toPlainString();
    }

    @JsonValue
    Map<String, String> json() {
        return new TreeMap<>(Map.of("amount", amount(), "currency", currency.getCurrencyCode()));
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "amounts in " + currency + " and " + other.currency + " cannot be combined");
        }
        return other;
    }

    @Override
    public String toString() {
        return amount() + " " + currency.getCurrencyCode();
    }
}
