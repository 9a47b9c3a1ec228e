package dev.gavel.payments;

import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import dev.gavel.payments.Payment.Status;
import java.time.Instant;

/// Divides the held money as the order decided: the buyer's part goes back through the gateway, the rest
/// becomes the seller's and our fee. A decision that is not exactly about the held money moves nothing and is
/// an error.
public final class SettlePayment implements UseCase<Fact<OrderDecided>, Done> {

    private final Payments payments;
    private final Cashier cashier;
    private final Fees fees;

    SettlePayment(Payments payments, Cashier cashier, Fees fees) {
        this.payments = payments;
        this.cashier = cashier;
        this.fees = fees;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<OrderDecided>> call) {
        OrderDecided order = call.command().data();
        Instant now = call.receivedAt();
        PaymentId id = PaymentId.of(order.orderId());
        Payment payment = payments.find(id).orElseThrow(() -> early(id));
        if (payment.status() == Status.DUE || payment.status() == Status.CONFIRMING) {
            throw early(id);
        }
        By by = new By(SettlePayment.class, now);
        Payment decided = cashier.advance(id, by, state -> PaymentRules.decided(state, order, fees, now));
        if (decided.equals(payment)) {
            // A repetition: what is still open is carried on by check-payments.
            return Outcome.accepted(Done.NOTHING);
        }
        if (decided.status() == Status.SETTLING) {
            cashier.refund(decided, by);
        }
        return Outcome.accepted(Done.ONCE);
    }

    /// The broker delivers it again later.
    private static Unavailable early(PaymentId id) {
        return new Unavailable(id + " is not known to be held yet");
    }
}
