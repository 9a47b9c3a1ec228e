package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UserId;

/// Sends sellers their money.
interface Payouts {

    /// Sends an amount to a seller's bank account. With the same idempotency key it is sent once, however often
    /// this is called; a refusal is not remembered with the key.
    Result send(PaymentId paymentId, UserId sellerId, Money amount, String idempotencyKey);

    sealed interface Result {}

    record Sent() implements Result {}

    /// It was not sent. `code` is the provider's.
    record Refused(String code) implements Result {}

    /// No answer, or one that makes no sense: it may or may not have been sent.
    record Unknown(String why) implements Result {}
}
