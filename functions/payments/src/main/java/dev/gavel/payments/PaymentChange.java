package dev.gavel.payments;

import dev.gavel.payments.Payment.Patience;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.payments.Payment.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The next state of a payment in the making: everything else stays as it was.
final class PaymentChange {

    private final Payment from;
    private @Nullable Terms terms;
    private Status status;
    private Instant since;
    private boolean cancelled;
    private int tries;
    private @Nullable PaymentKey paymentKey;
    private @Nullable Division division;
    private Payout payout;
    private Patience patience;
    private @Nullable String trouble;

    PaymentChange(Payment from) {
        this.from = from;
        terms = from.terms();
        status = from.status();
        since = from.since();
        cancelled = from.cancelled();
        tries = from.tries();
        paymentKey = from.paymentKey();
        division = from.division();
        payout = from.payout();
        patience = from.patience();
        trouble = from.trouble();
    }

    PaymentChange to(Status next, Instant now) {
        status = next;
        since = now;
        patience = Patience.none(now);
        trouble = null;
        return this;
    }

    PaymentChange terms(Terms agreed) {
        terms = agreed;
        return this;
    }

    PaymentChange cancelled() {
        cancelled = true;
        return this;
    }

    PaymentChange tried(PaymentKey key) {
        tries++;
        paymentKey = key;
        return this;
    }

    PaymentChange key(PaymentKey key) {
        paymentKey = key;
        return this;
    }

    PaymentChange divided(Division parts) {
        division = parts;
        return this;
    }

    PaymentChange payout(Payout next) {
        payout = next;
        return this;
    }

    PaymentChange waiting(Patience next) {
        patience = next;
        return this;
    }

    PaymentChange trouble(@Nullable String what) {
        trouble = what;
        return this;
    }

    /// The next state with nothing to tell.
    Payment silently() {
        return made(0);
    }

    /// The next state that one fact tells of.
    Payment told() {
        return made(1);
    }

    private Payment made(int facts) {
        return new Payment(
                from.paymentId(),
                from.orderId(),
                terms,
                status,
                since,
                cancelled,
                tries,
                paymentKey,
                division,
                payout,
                patience,
                trouble,
                from.writes() + 1,
                from.facts() + facts);
    }
}
