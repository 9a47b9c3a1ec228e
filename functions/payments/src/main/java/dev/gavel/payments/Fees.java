package dev.gavel.payments;

import dev.gavel.kernel.Money;

/// What Gavel keeps of what the seller gets.
///
/// @param perMille thousandths of it, rounded down to the smallest unit, so that the seller never pays more
record Fees(int perMille) {

    /// 3 %.
    static final Fees STANDARD = new Fees(30);

    Fees {
        if (perMille < 0 || perMille > 1_000) {
            throw new IllegalArgumentException("a fee is 0 to 1,000 thousandths");
        }
    }

    /// The fee of what a seller gets.
    ///
    /// @throws IllegalArgumentException when the amount is negative
    Money of(Money amount) {
        if (amount.minorUnits() < 0) {
            throw new IllegalArgumentException("there is no fee of " + amount);
        }
        // Split, so that no amount overflows.
        long whole = amount.minorUnits() / 1_000 * perMille;
        return amount.zero().plus(whole + amount.minorUnits() % 1_000 * perMille / 1_000);
    }
}
