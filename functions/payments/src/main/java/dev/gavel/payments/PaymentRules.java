package dev.gavel.payments;

import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.payments.Payment.Patience;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.payments.Payment.Status;
import dev.gavel.payments.PaymentGateway.Charge;
import dev.gavel.payments.PaymentGateway.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What each event makes of a payment in each state. An event that no longer matters leaves it as it is; one that
/// would move money wrongly is an exception.
final class PaymentRules {

    private PaymentRules() {}

    /// The order was placed. What was cancelled before stays void.
    static Payment placed(@Nullable Payment known, OrderId order, Terms terms, Instant now) {
        if (known == null) {
            return Payment.first(order, terms, Status.DUE, now);
        }
        return known.terms() == null ? known.change().terms(terms).silently() : known;
    }

    /// The order was given up. Where money may be on its way, only its end decides what becomes of the payment.
    static Payment cancelled(@Nullable Payment known, OrderId order, Instant now) {
        if (known == null) {
            return Payment.first(order, null, Status.VOID, now);
        }
        return switch (known.status()) {
            case DUE -> known.change().to(Status.VOID, now).cancelled().silently();
            case CONFIRMING ->
                known.cancelled() ? known : known.change().cancelled().silently();
            case HELD, SETTLING, SETTLED, VOID -> known;
        };
    }

    /// The buyer asks to take the money.
    ///
    /// @throws IllegalStateException when it is not due
    static Payment asked(Payment payment, PaymentKey key, Instant now) {
        if (payment.status() != Status.DUE) {
            throw new IllegalStateException(payment.paymentId() + " is not due");
        }
        return payment.change()
                .to(Status.CONFIRMING, now)
                .tried(key)
                .waiting(Patience.first(now))
                .silently();
    }

    /// The gateway's books show a charge. It counts only when it is exactly what is due, and even when the
    /// order was given up: the money is there, and whoever gave the order up decides to give it back.
    static Step charged(Payment payment, Charge charge, Instant now) {
        if (held(payment) || payment.terms() == null || charge.stage() != Stage.CHARGED) {
            return Step.to(payment);
        }
        if (charge.balance().isZero()) {
            return declined(payment, payment.tries(), "CANCELED", now);
        }
        Terms terms = payment.agreed();
        if (!charge.orderId().equals(payment.orderId()) || !charge.balance().equals(terms.amount())) {
            return troubled(payment, "CHARGE_DIFFERS", now);
        }
        Payment next =
                payment.change().to(Status.HELD, now).key(charge.paymentKey()).told();
        return new Step(
                next,
                Journal.held(payment.paymentId(), terms.amount(), now),
                new PaymentHeld(
                        payment.paymentId(),
                        payment.orderId(),
                        terms.buyerId(),
                        terms.sellerId(),
                        terms.amount(),
                        now));
    }

    /// The gateway did not take the money at this try and will not.
    static Step declined(Payment payment, int tries, String code, Instant now) {
        if (payment.status() != Status.CONFIRMING || payment.tries() != tries) {
            return Step.to(payment);
        }
        Status back = payment.cancelled() ? Status.VOID : Status.DUE;
        return new Step(
                payment.change().to(back, now).trouble(code).told(),
                null,
                new PaymentDeclined(
                        payment.paymentId(), payment.orderId(), payment.agreed().buyerId(), code, now));
    }

    /// It is decided who gets the held money. When nothing goes back to the buyer, that is all.
    ///
    /// @throws IllegalStateException when nothing is held or it was decided otherwise before
    /// @throws IllegalArgumentException when it is not exactly the held money
    static Step decided(Payment payment, OrderDecided order, Fees fees, Instant now) {
        if (!held(payment)) {
            throw new IllegalStateException(payment.paymentId() + " holds nothing that could be divided");
        }
        Terms terms = payment.agreed();
        if (!terms.buyerId().equals(order.buyerId()) || !terms.sellerId().equals(order.sellerId())) {
            throw new IllegalArgumentException(payment.paymentId() + " is between others than the decision");
        }
        Division division = Division.of(terms.amount(), order.cause(), order.toSeller(), order.toBuyer(), fees);
        if (payment.status() != Status.HELD) {
            if (!division.equals(payment.division())) {
                throw new IllegalStateException(payment.paymentId() + " was decided otherwise before");
            }
            return Step.to(payment);
        }
        PaymentChange change = payment.change().divided(division);
        return division.refunded().isZero()
                ? settled(change, payment, division, now)
                : Step.to(change.to(Status.SETTLING, now)
                        .waiting(Patience.first(now))
                        .silently());
    }

    /// The gateway's books show what went back to the buyer.
    static Step refunded(Payment payment, Money refunded, Instant now) {
        if (payment.status() != Status.SETTLING) {
            return Step.to(payment);
        }
        return payment.divided().refunded().equals(refunded)
                ? settled(payment.change(), payment, payment.divided(), now)
                : troubled(payment, "REFUND_DIFFERS", now);
    }

    private static Step settled(PaymentChange change, Payment payment, Division division, Instant now) {
        Terms terms = payment.agreed();
        Payment next = change.to(Status.SETTLED, now)
                .payout(division.credited().isZero() ? Payout.NONE : Payout.OWED)
                .told();
        return new Step(
                next,
                Journal.settled(payment.paymentId(), terms, division, now),
                new PaymentSettled(
                        payment.paymentId(),
                        payment.orderId(),
                        terms.buyerId(),
                        terms.sellerId(),
                        division.credited(),
                        division.fee(),
                        division.refunded(),
                        now));
    }

    /// The seller's part is about to be sent.
    static Step sending(Payment payment, Instant now) {
        return payment.payout() != Payout.OWED
                ? Step.to(payment)
                : Step.to(payment.change()
                        .payout(Payout.SENDING)
                        .waiting(Patience.first(now))
                        .silently());
    }

    /// The seller's part left.
    static Step sent(Payment payment, Instant now) {
        if (payment.payout() != Payout.SENDING) {
            return Step.to(payment);
        }
        Terms terms = payment.agreed();
        return new Step(
                payment.change().payout(Payout.SENT).trouble(null).told(),
                Journal.paidOut(payment.paymentId(), terms, payment.divided(), now),
                new PaidOut(
                        payment.paymentId(),
                        payment.orderId(),
                        terms.sellerId(),
                        payment.divided().credited(),
                        now));
    }

    /// Something is in the way: it is kept for operators and tried again after a longer while.
    static Step troubled(Payment payment, String trouble, Instant now) {
        return Step.to(payment.change()
                .trouble(trouble)
                .waiting(payment.patience().longer(now))
                .silently());
    }

    /// Whether the money is, or was, in escrow.
    static boolean held(Payment payment) {
        return switch (payment.status()) {
            case HELD, SETTLING, SETTLED -> true;
            case DUE, CONFIRMING, VOID -> false;
        };
    }
}
