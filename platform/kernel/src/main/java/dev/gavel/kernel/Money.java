package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An exact amount in the minor units of its currency: 25.50 EUR is 2550, 1,000 KRW (which has no minor unit) is 1000.
/// Arithmetic is exact and fails on overflow; amounts of different currencies never mix. JSON: `{"amount":"25.50",
/// "currency":"EUR"}`, the amount always a string.
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

    private static final int LONGEST = 24;

    /// Parses a decimal amount as a person would write it.
    ///
    /// @throws IllegalArgumentException when the amount is not a plain decimal, has more decimals than the
    /// currency or does not fit, or the currency is not an ISO 4217 code; the message says what to send instead
    @JsonCreator
    public static Money of(@JsonProperty("amount") String amount, @JsonProperty("currency") String currency) {
        Currency unit = currency(currency);
        int decimals = Math.max(unit.getDefaultFractionDigits(), 0);
        if (amount == null || amount.length() > LONGEST) {
            throw notPlain();
        }
        int point = amount.indexOf('.');
        String whole = point < 0 ? amount : amount.substring(0, point);
        String fraction = point < 0 ? "" : amount.substring(point + 1);
        if (!digits(whole, amount.startsWith("-") ? 1 : 0) || point >= 0 && !digits(fraction, 0)) {
            throw notPlain();
        }
        String exact = fraction + "0".repeat(Math.max(decimals - fraction.length(), 0));
        try {
            if (Long.parseLong("0" + exact.substring(decimals)) != 0) {
                throw new NumberFormatException();
            }
            return new Money(Long.parseLong(whole + exact.substring(0, decimals)), unit);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(unit + " amounts have at most " + decimals + " decimals and 18 digits: "
                    + amount + " does not fit");
        }
    }

    private static boolean digits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from;
    }

    private static IllegalArgumentException notPlain() {
        return new IllegalArgumentException("amount must be a plain decimal in a string, such as \"12000\"");
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
        int decimals = Math.max(currency.getDefaultFractionDigits(), 0);
        String units = Long.toString(minorUnits);
        if (decimals == 0) {
            return units;
        }
        String sign = minorUnits < 0 ? "-" : "";
        String digits = units.substring(sign.length());
        String padded = "0".repeat(Math.max(decimals + 1 - digits.length(), 0)) + digits;
        int point = padded.length() - decimals;
        return sign + padded.substring(0, point) + "." + padded.substring(point);
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

    // By hand, as the JDK makes those of a record when they are first needed, which a first bid would wait for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Money money && minorUnits == money.minorUnits && currency.equals(money.currency);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(minorUnits) * 31 + currency.hashCode();
    }

    @Override
    public String toString() {
        return amount() + " " + currency.getCurrencyCode();
    }
}
