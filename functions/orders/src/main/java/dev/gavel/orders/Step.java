package dev.gavel.orders;

import dev.gavel.events.OrderEvent;
import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderCompleted;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderDelivered;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderPaid;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.events.OrderEvent.Reason;
import dev.gavel.kernel.Money;
import dev.gavel.orders.Order.Decision;
import dev.gavel.orders.Order.Parcel;
import dev.gavel.orders.Order.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can happen to an order. Which step is possible in which status is all in {@link #on}: every other
/// pair leaves the order as it is.
sealed interface Step {

    /// The money is held.
    record Pay() implements Step {}

    /// The time to pay is over.
    record Expire() implements Step {}

    record CancelByBuyer() implements Step {}

    record CancelBySeller() implements Step {}

    record Ship(Parcel parcel) implements Step {}

    /// The time to ship is over.
    record GiveUpShipping() implements Step {}

    /// @param at when it arrived
    record Deliver(Instant at) implements Step {}

    record Confirm() implements Step {}

    /// Nothing was heard of the buyer for long enough.
    record ConfirmBySilence() implements Step {}

    record Dispute(String reason) implements Step {}

    /// What was sent back is at the seller's again.
    record Return() implements Step {}

    /// The time to object to that is over.
    record RefundReturned() implements Step {}

    /// @param toBuyer what the buyer gets back, from nothing to all
    record Resolve(Money toBuyer) implements Step {}

    /// The money is where it belongs.
    record Settle() implements Step {}

    /// The order after a step, and the fact to tell, if any.
    record Change(Order next, @Nullable OrderEvent fact) {}

    /// The change of this step, or null when the order is not in a status for it.
    default @Nullable Change on(Order order, Terms terms, Instant now) {
        return switch (order.status()) {
            case AWAITING_PAYMENT ->
                switch (this) {
                    case Pay _ -> paid(order, terms, now);
                    case Expire _ -> cancelled(order, Reason.UNPAID, now);
                    case CancelByBuyer _ -> cancelled(order, Reason.BUYER_CANCELLED, now);
                    case CancelBySeller _ -> cancelled(order, Reason.SELLER_CANCELLED, now);
                    default -> null;
                };
            case PAID ->
                switch (this) {
                    case Ship ship -> shipped(order, ship.parcel(), terms, now);
                    case CancelBySeller _ -> decided(order, Cause.SELLER_CANCELLED, order.price(), now);
                    case GiveUpShipping _ -> decided(order, Cause.NOT_SHIPPED, order.price(), now);
                    default -> null;
                };
            case SHIPPED, DELIVERED ->
                switch (this) {
                    case Deliver deliver ->
                        order.status() == Status.SHIPPED ? delivered(order, deliver.at(), terms, now) : null;
                    case Confirm _ ->
                        decided(order, Cause.CONFIRMED, order.price().zero(), now);
                    case ConfirmBySilence _ ->
                        decided(order, Cause.CONFIRMED_BY_SILENCE, order.price().zero(), now);
                    case Dispute dispute -> disputed(order, dispute.reason(), terms, now);
                    default -> null;
                };
            case DISPUTED ->
                switch (this) {
                    case Resolve resolve -> decided(order, Cause.DISPUTE_RESOLVED, resolve.toBuyer(), now);
                    case Return _ -> order.returnedAt() == null ? returned(order, terms, now) : null;
                    case RefundReturned _ ->
                        order.returnedAt() == null ? null : decided(order, Cause.RETURNED, order.price(), now);
                    // The buyer may be content after all.
                    case Confirm _ ->
                        decided(order, Cause.CONFIRMED, order.price().zero(), now);
                    default -> null;
                };
            case DECIDED -> this instanceof Settle ? settled(order, now) : null;
            // Money that came after all goes back.
            case CANCELLED -> this instanceof Pay ? decided(order, Cause.PAID_TOO_LATE, order.price(), now) : null;
            case COMPLETED, REFUNDED -> null;
        };
    }

    private static Change paid(Order order, Terms terms, Instant now) {
        Instant shipBy = now.plus(terms.toShip());
        return new Change(
                order.to(Status.PAID, shipBy, now),
                new OrderPaid(order.orderId(), order.sellerId(), order.buyerId(), order.price(), now, shipBy));
    }

    private static Change cancelled(Order order, Reason reason, Instant now) {
        return new Change(
                order.to(Status.CANCELLED, null, now),
                new OrderCancelled(order.orderId(), order.auctionId(), order.sellerId(), order.buyerId(), reason, now));
    }

    private static Change shipped(Order order, Parcel parcel, Terms terms, Instant now) {
        return new Change(
                order.with(parcel).to(Status.SHIPPED, now.plus(terms.toArrive()), now),
                new OrderShipped(
                        order.orderId(),
                        order.sellerId(),
                        order.buyerId(),
                        parcel.carrier(),
                        parcel.trackingNumber(),
                        now));
    }

    /// The buyer has the whole time from when we learn of it, and not from when the carrier noted it.
    private static Change delivered(Order order, Instant at, Terms terms, Instant now) {
        Instant confirmBy = now.plus(terms.toConfirm());
        return new Change(
                order.to(Status.DELIVERED, confirmBy, at),
                new OrderDelivered(order.orderId(), order.sellerId(), order.buyerId(), at, confirmBy));
    }

    private static Change disputed(Order order, String reason, Terms terms, Instant now) {
        return new Change(
                order.disputedFor(reason).to(Status.DISPUTED, now.plus(terms.toDecide()), now),
                new OrderDisputed(order.orderId(), order.sellerId(), order.buyerId(), reason, now));
    }

    private static Change returned(Order order, Terms terms, Instant now) {
        return new Change(order.returned(now, now.plus(terms.toConfirm())), null);
    }

    private static Change decided(Order order, Cause cause, Money toBuyer, Instant now) {
        Decision decision = new Decision(cause, order.price().minus(toBuyer), toBuyer);
        return new Change(
                order.with(decision).to(Status.DECIDED, null, now),
                new OrderDecided(
                        order.orderId(),
                        order.sellerId(),
                        order.buyerId(),
                        cause,
                        decision.toSeller(),
                        decision.toBuyer(),
                        now));
    }

    private static @Nullable Change settled(Order order, Instant now) {
        Decision decision = order.decision();
        if (decision == null) {
            throw new IllegalStateException(order.orderId() + " is decided without a decision");
        }
        Status end = decision.toSeller().isZero() ? Status.REFUNDED : Status.COMPLETED;
        return new Change(
                order.to(end, null, now),
                new OrderCompleted(
                        order.orderId(),
                        order.sellerId(),
                        order.buyerId(),
                        decision.toSeller(),
                        decision.toBuyer(),
                        now));
    }
}
