package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts about orders: what becomes of something sold, from the fall of the hammer to the money being where
/// it belongs.
public sealed interface OrderEvent extends MarketEvent {

    OrderId orderId();

    UserId sellerId();

    UserId buyerId();

    @Override
    default String subject() {
        return orderId().value();
    }

    /// Somebody is to pay for what they won, until `payBy`. `offer` is 1 for the winner and counts those who
    /// were offered it after somebody before them did not pay.
    @CloudEventType(value = "dev.gavel.order.placed.v1", schema = "1.0")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderPlaced(
            OrderId orderId,
            AuctionId auctionId,
            @Nullable ProductId productId,
            UserId sellerId,
            UserId buyerId,
            Money price,
            int offer,
            Instant placedAt,
            Instant payBy)
            implements OrderEvent {}

    /// The money is held in escrow; the seller is to send the thing until `shipBy`.
    @CloudEventType(value = "dev.gavel.order.paid.v1", schema = "1.0")
    record OrderPaid(OrderId orderId, UserId sellerId, UserId buyerId, Money price, Instant paidAt, Instant shipBy)
            implements OrderEvent {}

    /// The seller gave the thing to a carrier.
    @CloudEventType(value = "dev.gavel.order.shipped.v1", schema = "1.0")
    record OrderShipped(
            OrderId orderId, UserId sellerId, UserId buyerId, String carrier, String trackingNumber, Instant shippedAt)
            implements OrderEvent {}

    /// The thing arrived. Who says nothing until `confirmBy` has confirmed.
    @CloudEventType(value = "dev.gavel.order.delivered.v1", schema = "1.0")
    record OrderDelivered(OrderId orderId, UserId sellerId, UserId buyerId, Instant deliveredAt, Instant confirmBy)
            implements OrderEvent {}

    /// The buyer is not content; the money stays where it is until somebody has decided.
    @CloudEventType(value = "dev.gavel.order.disputed.v1", schema = "1.0")
    record OrderDisputed(OrderId orderId, UserId sellerId, UserId buyerId, String reason, Instant disputedAt)
            implements OrderEvent {}

    /// Why the held money is divided as it is.
    enum Cause {
        /// The buyer confirmed.
        @JsonProperty("confirmed")
        CONFIRMED,
        /// The buyer said nothing for long enough after the delivery.
        @JsonProperty("confirmed-by-silence")
        CONFIRMED_BY_SILENCE,
        /// Somebody decided a dispute.
        @JsonProperty("dispute-resolved")
        DISPUTE_RESOLVED,
        /// The seller did not send the thing in time.
        @JsonProperty("not-shipped")
        NOT_SHIPPED,
        /// The seller took the order back.
        @JsonProperty("seller-cancelled")
        SELLER_CANCELLED,
        /// The money came after the order had been given up.
        @JsonProperty("paid-too-late")
        PAID_TOO_LATE,
        /// The thing came back during a dispute, and nobody decided otherwise in time.
        @JsonProperty("returned")
        RETURNED
    }

    /// It is decided how the held money is divided: `toSeller` and `toBuyer` come to all of it.
    @CloudEventType(value = "dev.gavel.order.decided.v1", schema = "1.1")
    record OrderDecided(
            OrderId orderId,
            UserId sellerId,
            UserId buyerId,
            Cause cause,
            Money toSeller,
            Money toBuyer,
            Instant decidedAt)
            implements OrderEvent {}

    /// Who gave an order up before any money was held.
    enum Reason {
        /// The time to pay was over.
        @JsonProperty("unpaid")
        UNPAID,
        /// The buyer does not want it any more.
        @JsonProperty("buyer-cancelled")
        BUYER_CANCELLED,
        /// The seller does not want to sell to this buyer.
        @JsonProperty("seller-cancelled")
        SELLER_CANCELLED
    }

    /// The order was given up before any money was held.
    @CloudEventType(value = "dev.gavel.order.cancelled.v1", schema = "1.0")
    record OrderCancelled(
            OrderId orderId, AuctionId auctionId, UserId sellerId, UserId buyerId, Reason reason, Instant cancelledAt)
            implements OrderEvent {}

    /// The money is where it belongs: nothing more will happen.
    @CloudEventType(value = "dev.gavel.order.completed.v1", schema = "1.0")
    record OrderCompleted(
            OrderId orderId, UserId sellerId, UserId buyerId, Money toSeller, Money toBuyer, Instant completedAt)
            implements OrderEvent {}
}
