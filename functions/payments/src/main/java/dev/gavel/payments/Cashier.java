package dev.gavel.payments;

import dev.gavel.events.Fact;
import dev.gavel.events.PaymentEvent;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Payment.Status;
import dev.gavel.payments.PaymentGateway.Approved;
import dev.gavel.payments.PaymentGateway.Charge;
import dev.gavel.payments.PaymentGateway.Declined;
import dev.gavel.payments.PaymentGateway.Found;
import dev.gavel.payments.PaymentGateway.NotFound;
import dev.gavel.payments.PaymentGateway.Stage;
import dev.gavel.payments.PaymentGateway.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Deals with the gateway for those whose intent is written already, and writes what came of it. Whatever
/// crashes in between is carried on from the state: every call to the gateway can be repeated with its
/// idempotency key.
final class Cashier {

    private static final System.Logger LOG = System.getLogger(Cashier.class.getName());
    private static final int ATTEMPTS = 5;

    private final Payments payments;
    private final PaymentGateway gateway;

    Cashier(Payments payments, PaymentGateway gateway) {
        this.payments = payments;
        this.gateway = gateway;
    }

    /// On whose behalf, and when.
    record By(Class<? extends UseCase<?, ?>> useCase, Instant now) {}

    /// Takes the money of a payment that is `CONFIRMING`. It stays so when nobody can tell what happened.
    Payment confirm(Payment payment, By by) {
        int tries = payment.tries();
        return switch (gateway.confirm(
                payment.key(),
                payment.orderId(),
                payment.agreed().amount(),
                payment.paymentId() + "-confirm-" + tries)) {
            case Approved(Charge charge) ->
                advance(payment.paymentId(), by, now -> PaymentRules.charged(now, charge, by.now()));
            case Declined(String code) ->
                advance(payment.paymentId(), by, now -> PaymentRules.declined(now, tries, code, by.now()));
            case Unknown _ -> payment;
        };
    }

    /// Gives back the buyer's part of a payment that is `SETTLING`. It stays so when nobody can tell what
    /// happened.
    Payment refund(Payment payment, By by) {
        Division division = payment.divided();
        return switch (gateway.cancel(
                payment.key(),
                division.refunded(),
                division.cause().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                payment.paymentId() + "-refund")) {
            case Approved(Charge charge) -> refunded(payment, charge.refunded(), by);
            case Declined(String code) -> troubled(payment, code, by);
            case Unknown _ -> payment;
        };
    }

    /// Asks the gateway's books what happened and goes on from there.
    ///
    /// @throws Unavailable when nobody looks after the payment later and its books could not be asked now
    Payment carryOn(Payment payment, By by) {
        return switch (payment.status()) {
            case DUE, VOID, CONFIRMING -> confirmed(payment, by);
            case SETTLING -> settled(payment, by);
            case HELD, SETTLED -> payment;
        };
    }

    private Payment confirmed(Payment payment, By by) {
        boolean confirming = payment.status() == Status.CONFIRMING;
        return switch (gateway.find(payment.orderId())) {
            case Found(Charge charge)
            when charge.stage() == Stage.CHARGED -> {
                if (payment.terms() == null) {
                    throw new Unavailable(payment.paymentId() + " was charged before its order is known");
                }
                yield advance(payment.paymentId(), by, now -> PaymentRules.charged(now, charge, by.now()));
            }
            case Found(Charge charge)
            when charge.stage() == Stage.DEAD && charge.paymentKey().equals(payment.paymentKey()) ->
                declined(payment, "EXPIRED", by);
            case Found _, NotFound _ -> confirming ? confirmedAgain(payment, by) : payment;
            case Unknown(String why) -> {
                if (!confirming) {
                    throw new Unavailable(
                            "the gateway cannot say whether " + payment.paymentId() + " was paid: " + why);
                }
                yield patient(payment, why, by);
            }
        };
    }

    /// No money was taken so far. What nobody wants any more is not taken; if it comes after all, the books tell.
    private Payment confirmedAgain(Payment payment, By by) {
        if (!isDue(payment, by)) {
            return payment;
        }
        return payment.cancelled()
                ? declined(payment, "ORDER_CANCELLED", by)
                : patient(confirm(payment, by), "NOT_CONFIRMED", by);
    }

    private Payment declined(Payment payment, String code, By by) {
        return advance(payment.paymentId(), by, now -> PaymentRules.declined(now, payment.tries(), code, by.now()));
    }

    private Payment settled(Payment payment, By by) {
        return switch (gateway.find(payment.orderId())) {
            case Found(Charge charge)
            when charge.refunded().isZero() ->
                isDue(payment, by) ? patient(refund(payment, by), "NOT_REFUNDED", by) : payment;
            case Found(Charge charge) -> refunded(payment, charge.refunded(), by);
            case NotFound _ -> patient(payment, "NOT_IN_THE_BOOKS", by);
            case Unknown(String why) -> patient(payment, why, by);
        };
    }

    private Payment refunded(Payment payment, Money refunded, By by) {
        return advance(payment.paymentId(), by, now -> PaymentRules.refunded(now, refunded, by.now()));
    }

    /// Looks later again when nothing has come of it. Who comes before the time does not put it off.
    private Payment patient(Payment payment, String trouble, By by) {
        boolean waits = payment.status() == Status.CONFIRMING || payment.status() == Status.SETTLING;
        return waits && isDue(payment, by) ? troubled(payment, trouble, by) : payment;
    }

    private static boolean isDue(Payment payment, By by) {
        return !payment.patience().next().isAfter(by.now());
    }

    private Payment troubled(Payment payment, String trouble, By by) {
        LOG.log(System.Logger.Level.WARNING, "{0} waits: {1}", payment.paymentId(), trouble);
        return advance(
                payment.paymentId(),
                by,
                now -> now.status() == payment.status() ? PaymentRules.troubled(now, trouble, by.now()) : Step.to(now));
    }

    /// Commits what a rule makes of the newest state.
    ///
    /// @throws StaleWrite when others were faster again and again
    Payment advance(PaymentId id, By by, Function<Payment, Step> rule) {
        for (int attempt = 1; ; attempt++) {
            Payment now = payments.find(id).orElseThrow();
            Step step = rule.apply(now);
            if (step.next().equals(now)) {
                return now;
            }
            try {
                return commit(step, by);
            } catch (StaleWrite stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
            }
        }
    }

    private Payment commit(Step step, By by) {
        Payment next = step.next();
        PaymentEvent event = step.event();
        List<Fact<?>> facts = event == null ? List.of() : List.of(Fact.of(by.useCase(), next.facts(), by.now(), event));
        payments.save(next, step.journal(), facts);
        payments.announce(facts);
        return next;
    }
}
