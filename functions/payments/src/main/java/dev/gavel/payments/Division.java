package dev.gavel.payments;

import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.kernel.Money;

/// How held money is divided: together the three are all of it.
record Division(Cause cause, Money credited, Money fee, Money refunded) {

    /// @throws IllegalArgumentException when the parts are negative, or not exactly what is held; nothing may
    /// move then
    static Division of(Money held, Cause cause, Money toSeller, Money toBuyer, Fees fees) {
        if (toSeller.isLessThan(held.zero()) || toBuyer.isLessThan(held.zero())) {
            throw new IllegalArgumentException("a negative amount cannot be divided");
        }
        if (!toSeller.plus(toBuyer).equals(held)) {
            throw new IllegalArgumentException(toSeller + " to the seller and " + toBuyer + " to the buyer are not the "
                    + held + " that are held");
        }
        Money fee = fees.of(toSeller);
        return new Division(cause, toSeller.minus(fee), fee, toBuyer);
    }

    Money all() {
        return credited.plus(fee).plus(refunded);
    }
}
