package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.payments.Payment.Status;
import dev.gavel.payments.PaymentGateway.Charge;
import dev.gavel.payments.Reconciliation.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares the state, the ledger and the gateway's books of one payment.
final class Audit {

    private Audit() {}

    /// What the ledger must show for this state, and does not.
    static List<Difference> ofLedger(Payment payment, List<Journal> journals) {
        Map<Account, Long> wanted = Journal.balances(expected(payment));
        Map<Account, Long> there = Journal.balances(journals);
        List<Difference> differences = new ArrayList<>();
        if (!there.equals(wanted)) {
            differences.add(new Difference(
                    payment.paymentId(), "the ledger has " + there + " and should have " + wanted, null, null));
        }
        boolean stuck = payment.status() != Status.DUE && payment.status() != Status.VOID;
        if (stuck && payment.trouble() != null) {
            differences.add(new Difference(payment.paymentId(), "in trouble: " + payment.trouble(), null, null));
        }
        return differences;
    }

    /// Whether the gateway has of this payment's money what the ledger says it has.
    ///
    /// @param charge absent when its books do not know the order
    static Optional<Difference> ofGateway(Payment payment, List<Journal> journals, @Nullable Charge charge) {
        Money there = charge == null ? null : charge.balance();
        Terms terms = payment.terms();
        if (there == null && terms == null) {
            return Optional.empty();
        }
        Money nothing = there != null ? there.zero() : payment.agreed().amount().zero();
        Money ours = nothing.plus(Journal.balances(journals).getOrDefault(Account.GATEWAY, 0L));
        Money theirs = there == null ? nothing : there;
        boolean same = ours.equals(theirs)
                && (terms == null || terms.amount().currency().equals(theirs.currency()));
        return same
                ? Optional.empty()
                : Optional.of(new Difference(
                        payment.paymentId(), "the gateway's books differ from the ledger", ours, theirs));
    }

    private static List<Journal> expected(Payment payment) {
        if (!PaymentRules.held(payment)) {
            return List.of();
        }
        List<Journal> journals = new ArrayList<>();
        Terms terms = payment.agreed();
        journals.add(Journal.held(payment.paymentId(), terms.amount(), payment.since()));
        if (payment.status() == Status.SETTLED) {
            journals.add(Journal.settled(payment.paymentId(), terms, payment.divided(), payment.since()));
        }
        if (payment.payout() == Payout.SENT) {
            journals.add(Journal.paidOut(payment.paymentId(), terms, payment.divided(), payment.since()));
        }
        return journals;
    }
}
