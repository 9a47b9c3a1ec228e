package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import java.time.Instant;
import java.util.Map;

/// What a notice says, one record for each kind. `places` are what its templates leave open: `Money`, `Instant`
/// or text.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = Content.Outbid.class, name = "outbid"),
    @Type(value = Content.Won.class, name = "won"),
    @Type(value = Content.Sold.class, name = "sold"),
    @Type(value = Content.Unsold.class, name = "unsold"),
    @Type(value = Content.SecondChance.class, name = "second-chance"),
    @Type(value = Content.Paid.class, name = "paid"),
    @Type(value = Content.Shipped.class, name = "shipped"),
    @Type(value = Content.Delivered.class, name = "delivered"),
    @Type(value = Content.Disputed.class, name = "disputed"),
    @Type(value = Content.Cancelled.class, name = "cancelled"),
    @Type(value = Content.CompletedSale.class, name = "completed-sale"),
    @Type(value = Content.CompletedPurchase.class, name = "completed-purchase"),
    @Type(value = Content.Declined.class, name = "declined"),
    @Type(value = Content.PaidOut.class, name = "paid-out")
})
sealed interface Content {

    Kind kind();

    /// The auction or the order it is about.
    String about();

    /// The path of the page to go to.
    default String link() {
        return (about().startsWith("auc_") ? "/auction.html?id=" : "/order.html?id=") + about();
    }

    default Map<String, Object> places() {
        return Map.of();
    }

    /// The name of its templates.
    default String template() {
        return kind().label();
    }

    /// What is about an order.
    sealed interface OfOrder extends Content {

        OrderId orderId();

        @Override
        default String about() {
            return orderId().value();
        }
    }

    /// Somebody bids more. `price` is what it stood at then.
    record Outbid(AuctionId auctionId, Money price, Instant endsAt) implements Content {
        @Override
        public Kind kind() {
            return Kind.OUTBID;
        }

        @Override
        public String about() {
            return auctionId.value();
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("price", price, "ends", endsAt);
        }
    }

    record Won(AuctionId auctionId, Money price) implements Content {
        @Override
        public Kind kind() {
            return Kind.WON;
        }

        @Override
        public String about() {
            return OrderId.of(auctionId, 1).value();
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("price", price);
        }
    }

    record Sold(AuctionId auctionId, Money price) implements Content {
        @Override
        public Kind kind() {
            return Kind.SOLD;
        }

        @Override
        public String about() {
            return OrderId.of(auctionId, 1).value();
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("price", price);
        }
    }

    /// Nobody bid, or nobody as much as the reserve.
    record Unsold(AuctionId auctionId) implements Content {
        @Override
        public Kind kind() {
            return Kind.UNSOLD;
        }

        @Override
        public String about() {
            return auctionId.value();
        }
    }

    record SecondChance(OrderId orderId, Money price) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.SECOND_CHANCE;
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("price", price);
        }
    }

    record Paid(OrderId orderId, Money price, Instant shipBy) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.PAID;
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("price", price, "by", shipBy);
        }
    }

    record Shipped(OrderId orderId, String carrier, String trackingNumber) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.SHIPPED;
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("carrier", carrier, "tracking", trackingNumber);
        }
    }

    record Delivered(OrderId orderId, Instant confirmBy) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.DELIVERED;
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("by", confirmBy);
        }
    }

    record Disputed(OrderId orderId) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.DISPUTED;
        }
    }

    record Cancelled(OrderId orderId) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }
    }

    /// For the seller: `amount` is the seller's part.
    record CompletedSale(OrderId orderId, Money amount) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.COMPLETED;
        }

        @Override
        public String template() {
            return amount.isZero() ? "refunded-sale" : "completed-sale";
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("amount", amount);
        }
    }

    /// For the buyer: `amount` is what went back.
    record CompletedPurchase(OrderId orderId, Money amount) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.COMPLETED;
        }

        @Override
        public String template() {
            return amount.isZero() ? "completed-purchase" : "refunded-purchase";
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("amount", amount);
        }
    }

    record Declined(OrderId orderId) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.DECLINED;
        }
    }

    record PaidOut(OrderId orderId, Money amount) implements OfOrder {
        @Override
        public Kind kind() {
            return Kind.PAID_OUT;
        }

        @Override
        public Map<String, Object> places() {
            return Map.of("amount", amount);
        }
    }
}
