package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A payment as one of its two sides may see it.
///
/// @param since when it came into this status
/// @param refunded what goes, or went, back to the buyer, once that is decided
/// @param credited what the seller gets after the fee; only the seller sees it
/// @param fee what Gavel keeps; only the seller sees it
/// @param payout what became of the seller's part; only the seller sees it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PaymentView(
        PaymentId paymentId,
        OrderId orderId,
        Payment.Status status,
        Instant since,
        Money amount,
        Instant payBy,
        @Nullable Money refunded,
        @Nullable Money credited,
        @Nullable Money fee,
        Payment.@Nullable Payout payout) {

    /// @throws IllegalStateException when it has no terms, so that nobody may see it
    static PaymentView of(Payment payment, UserId viewer) {
        Terms terms = payment.agreed();
        Division division = payment.division();
        boolean seller = division != null && payment.soldBy(viewer);
        return new PaymentView(
                payment.paymentId(),
                payment.orderId(),
                payment.status(),
                payment.since(),
                terms.amount(),
                terms.payBy(),
                division == null ? null : division.refunded(),
                division != null && seller ? division.credited() : null,
                division != null && seller ? division.fee() : null,
                seller ? payment.payout() : null);
    }
}
