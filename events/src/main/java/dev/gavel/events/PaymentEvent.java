package dev.gavel.events;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UserId;
import java.time.Instant;

/// Facts about payments: where the money of an order is. Nothing of a card or an account is ever in them.
public sealed interface PaymentEvent extends MarketEvent {

    PaymentId paymentId();

    OrderId orderId();

    @Override
    default String subject() {
        return paymentId().value();
    }

    /// The buyer's money is in escrow.
    @CloudEventType(value = "dev.gavel.payment.held.v1", schema = "1.0")
    record PaymentHeld(
            PaymentId paymentId, OrderId orderId, UserId buyerId, UserId sellerId, Money amount, Instant heldAt)
            implements PaymentEvent {}

    /// The payment gateway refused; the buyer may try again. `code` is the gateway's.
    @CloudEventType(value = "dev.gavel.payment.declined.v1", schema = "1.0")
    record PaymentDeclined(PaymentId paymentId, OrderId orderId, UserId buyerId, String code, Instant declinedAt)
            implements PaymentEvent {}

    /// The held money was divided as the order decided: `refunded` went back to the buyer, `credited` is the
    /// seller's from now on, `fee` is Gavel's; together they are all that was held.
    @CloudEventType(value = "dev.gavel.payment.settled.v1", schema = "1.0")
    record PaymentSettled(
            PaymentId paymentId,
            OrderId orderId,
            UserId buyerId,
            UserId sellerId,
            Money credited,
            Money fee,
            Money refunded,
            Instant settledAt)
            implements PaymentEvent {}

    /// What was credited to the seller left for the seller's bank account.
    @CloudEventType(value = "dev.gavel.payment.paid-out.v1", schema = "1.0")
    record PaidOut(PaymentId paymentId, OrderId orderId, UserId sellerId, Money amount, Instant paidOutAt)
            implements PaymentEvent {}
}
