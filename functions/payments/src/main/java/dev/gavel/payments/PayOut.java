package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.payments.Payments.Queue;
import java.time.Instant;

/// Sends sellers what was credited to them, at most 50 payments a tick. The intent is written before the
/// provider is called and the idempotency key is always the same, so that each is sent once; one without an
/// answer is tried again.
public final class PayOut implements UseCase<Tick, Done> {

    private static final int PER_TICK = 50;

    private final Payments payments;
    private final Cashier cashier;
    private final Payouts payouts;

    PayOut(Payments payments, Cashier cashier, Payouts payouts) {
        this.payments = payments;
        this.cashier = cashier;
        this.payouts = payouts;
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        Instant now = call.receivedAt();
        return Outcome.accepted(new Done(Batch.run(payments.due(Queue.OWED, now, PER_TICK), id -> send(id, now))));
    }

    private boolean send(PaymentId id, Instant now) {
        By by = new By(PayOut.class, now);
        Payment payment = payments.find(id).orElseThrow();
        // The list may lag: another tick may be sending it.
        if (payment.queue() != Queue.OWED || payment.patience().next().isAfter(now)) {
            return false;
        }
        Payment sending = cashier.advance(id, by, state -> PaymentRules.sending(state, now));
        if (sending.payout() != Payout.SENDING) {
            return false;
        }
        Payment after = switch (payouts.send(
                id, sending.agreed().sellerId(), sending.divided().credited(), id + "-payout")) {
            case Payouts.Sent _ -> cashier.advance(id, by, state -> PaymentRules.sent(state, now));
            case Payouts.Refused(String code) -> later(id, code, by);
            case Payouts.Unknown(String why) -> later(id, why, by);
        };
        return after.payout() == Payout.SENT;
    }

    private Payment later(PaymentId id, String trouble, By by) {
        return cashier.advance(
                id,
                by,
                state -> state.payout() == Payout.SENDING
                        ? PaymentRules.troubled(state, trouble, by.now())
                        : Step.to(state));
    }
}
