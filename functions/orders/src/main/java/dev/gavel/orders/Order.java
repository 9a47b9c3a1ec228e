package dev.gavel.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of one order. {@link Step} says how it changes.
///
/// @param offer 1 for the winner; counts those who were offered it after somebody before them did not
/// pay
/// @param dueAt when the clock moves it on by itself; absent when only somebody or some fact does
/// @param decision how the held money is divided, once that is decided
/// @param dispute what the buyer was not content with
/// @param returnedAt when it was learned that the thing is back at the seller's
/// @param history every status it has had, the oldest first
/// @param writes counts the writes; every write names the one it was decided on
/// @param facts how many facts have been established about it
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(
        OrderId orderId,
        AuctionId auctionId,
        @Nullable ProductId productId,
        UserId sellerId,
        UserId buyerId,
        Money price,
        int offer,
        Status status,
        @Nullable Instant dueAt,
        @Nullable Parcel parcel,
        @Nullable String dispute,
        @Nullable Decision decision,
        @Nullable Instant returnedAt,
        List<Passed> history,
        long writes,
        long facts) {

    enum Status {
        @JsonProperty("awaiting-payment")
        AWAITING_PAYMENT,
        @JsonProperty("paid")
        PAID,
        @JsonProperty("shipped")
        SHIPPED,
        @JsonProperty("delivered")
        DELIVERED,
        @JsonProperty("disputed")
        DISPUTED,
        /// The money is on its way to where it belongs.
        @JsonProperty("decided")
        DECIDED,
        /// The seller has been credited.
        @JsonProperty("completed")
        COMPLETED,
        /// The buyer has everything back.
        @JsonProperty("refunded")
        REFUNDED,
        /// Given up before any money was held.
        @JsonProperty("cancelled")
        CANCELLED
    }

    record Parcel(String carrier, String trackingNumber) {}

    record Decision(Cause cause, Money toSeller, Money toBuyer) {}

    record Passed(Status status, Instant at) {}

    /// An order that has just been placed, as its first write.
    static Order placed(
            AuctionId auction,
            @Nullable ProductId product,
            UserId seller,
            UserId buyer,
            Money price,
            int offer,
            Instant now,
            Instant payBy) {
        return new Order(
                OrderId.of(auction, offer),
                auction,
                product,
                seller,
                buyer,
                price,
                offer,
                Status.AWAITING_PAYMENT,
                payBy,
                null,
                null,
                null,
                null,
                List.of(new Passed(Status.AWAITING_PAYMENT, now)),
                1,
                1);
    }

    Order to(Status next, @Nullable Instant due, Instant now) {
        List<Passed> passed = new ArrayList<>(history);
        passed.add(new Passed(next, now));
        return new Order(
                orderId,
                auctionId,
                productId,
                sellerId,
                buyerId,
                price,
                offer,
                next,
                due,
                parcel,
                dispute,
                decision,
                returnedAt,
                List.copyOf(passed),
                writes + 1,
                facts + 1);
    }

    Order with(Parcel sent) {
        return with(sent, dispute, decision);
    }

    Order disputedFor(String reason) {
        return with(parcel, reason, decision);
    }

    Order with(Decision decided) {
        return with(parcel, dispute, decided);
    }

    /// The thing is back; whoever does not agree that all the money goes back has until then. No fact of
    /// its own: the parcel's says it.
    Order returned(Instant now, Instant until) {
        return new Order(
                orderId,
                auctionId,
                productId,
                sellerId,
                buyerId,
                price,
                offer,
                status,
                until,
                parcel,
                dispute,
                decision,
                now,
                history,
                writes + 1,
                facts);
    }

    private Order with(@Nullable Parcel sent, @Nullable String reason, @Nullable Decision decided) {
        return new Order(
                orderId,
                auctionId,
                productId,
                sellerId,
                buyerId,
                price,
                offer,
                status,
                dueAt,
                sent,
                reason,
                decided,
                returnedAt,
                history,
                writes,
                facts);
    }
}
