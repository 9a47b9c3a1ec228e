package dev.gavel.notifications;

import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderCompleted;
import dev.gavel.events.OrderEvent.OrderDelivered;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderPaid;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.UserId;
import java.util.List;
import java.util.Objects;

/// That somebody is to be told something. The same cause is told once.
record Occasion(UserId userId, String cause, Content content) {

    private Occasion(UserId userId, Content content) {
        this(userId, content.kind().label() + "/" + content.about(), content);
    }

    NoticeId noticeId() {
        return NoticeId.of(userId, cause);
    }

    /// Whom a fact concerns, and how. Empty for facts nobody is told of.
    static List<Occasion> of(Fact<? extends MarketEvent> fact) {
        return switch (fact.data()) {
            case BidsAccepted it -> outbid(it);
            case AuctionClosed it -> closed(it);
            case OfferMade it ->
                List.of(new Occasion(it.bidderId(), new Content.SecondChance(it.orderId(), it.price())));
            case OrderPaid it ->
                List.of(new Occasion(it.sellerId(), new Content.Paid(it.orderId(), it.price(), it.shipBy())));
            case OrderShipped it ->
                List.of(new Occasion(
                        it.buyerId(), new Content.Shipped(it.orderId(), it.carrier(), it.trackingNumber())));
            case OrderDelivered it ->
                List.of(new Occasion(it.buyerId(), new Content.Delivered(it.orderId(), it.confirmBy())));
            case OrderDisputed it -> List.of(new Occasion(it.sellerId(), new Content.Disputed(it.orderId())));
            case OrderCancelled it ->
                List.of(
                        new Occasion(it.sellerId(), new Content.Cancelled(it.orderId())),
                        new Occasion(it.buyerId(), new Content.Cancelled(it.orderId())));
            case OrderCompleted it ->
                List.of(
                        new Occasion(it.sellerId(), new Content.CompletedSale(it.orderId(), it.toSeller())),
                        new Occasion(it.buyerId(), new Content.CompletedPurchase(it.orderId(), it.toBuyer())));
            // A payment may be declined more than once.
            case PaymentDeclined it ->
                List.of(new Occasion(
                        it.buyerId(), Kind.DECLINED.label() + "/" + fact.id(), new Content.Declined(it.orderId())));
            case PaidOut it -> List.of(new Occasion(it.sellerId(), new Content.PaidOut(it.orderId(), it.amount())));
            default -> List.of();
        };
    }

    private static List<Occasion> outbid(BidsAccepted fact) {
        Content content = new Content.Outbid(fact.auctionId(), fact.price(), fact.endsAt());
        return fact.outbid().stream().map(user -> new Occasion(user, content)).toList();
    }

    private static List<Occasion> closed(AuctionClosed fact) {
        if (fact.result() != Result.SOLD) {
            return List.of(new Occasion(fact.sellerId(), new Content.Unsold(fact.auctionId())));
        }
        UserId winner = Objects.requireNonNull(fact.winnerId(), "who won what was sold");
        Money price = Objects.requireNonNull(fact.price(), "the price of what was sold");
        return List.of(
                new Occasion(winner, new Content.Won(fact.auctionId(), price)),
                new Occasion(fact.sellerId(), new Content.Sold(fact.auctionId(), price)));
    }
}
