package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import java.net.URI;

/// The payment gateway, which takes the buyer's money and gives it back. No method throws for what a gateway
/// may do: no answer in time and an answer that makes no sense are `Unknown`, and then it may or may not have
/// happened.
interface PaymentGateway {

    /// Makes the page on which the buyer agrees to pay. It takes no money. The page comes back to `paid` with
    /// the gateway's `paymentKey` in its query, or to `failed`.
    Opening open(OrderId orderId, Money amount, URI paid, URI failed, String idempotencyKey);

    /// Takes the money of a payment that the buyer has agreed to at the gateway. With the same idempotency key
    /// it is taken once.
    Result confirm(PaymentKey paymentKey, OrderId orderId, Money amount, String idempotencyKey);

    /// Gives some or all of it back. With the same idempotency key it is given back once.
    Result cancel(PaymentKey paymentKey, Money amount, String reason, String idempotencyKey);

    /// What the gateway's books say about an order.
    Lookup find(OrderId orderId);

    sealed interface Result permits Approved, Declined, Unknown {}

    sealed interface Opening permits Ready, Declined, Unknown {}

    sealed interface Lookup permits Found, NotFound, Unknown {}

    /// It was done; this is the gateway's view after it.
    record Approved(Charge charge) implements Result {}

    /// It was not done and will not be. `code` is the gateway's.
    record Declined(String code) implements Result, Opening {}

    /// Nobody can tell now; ask the books later.
    record Unknown(String why) implements Result, Lookup, Opening {}

    /// The address of the page.
    record Ready(URI page) implements Opening {}

    record Found(Charge charge) implements Lookup {}

    record NotFound() implements Lookup {}

    /// A payment as the gateway has it.
    ///
    /// @param total what was asked for, and taken when the stage is `CHARGED`
    /// @param refunded what was given back of it so far
    record Charge(PaymentKey paymentKey, OrderId orderId, Stage stage, Money total, Money refunded) {

        /// What of the buyer's money is with us now.
        Money balance() {
            return stage == Stage.CHARGED ? total.minus(refunded) : total.zero();
        }
    }

    enum Stage {
        /// The buyer has agreed; no money was taken.
        OPEN,
        /// Money was taken; some or all of it may have been given back.
        CHARGED,
        /// No money was taken and none will be.
        DEAD
    }
}
