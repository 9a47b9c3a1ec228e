package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts about second chances: what was sold to somebody who did not take it is offered to whoever bid next.
public sealed interface OfferEvent extends MarketEvent {

    /// The order it becomes.
    OrderId orderId();

    @Override
    default String subject() {
        return orderId().value();
    }

    /// A bidder may have it at their own last bid, `price`. `offer` counts those it was offered to; the winner was
    /// the first.
    @CloudEventType(value = "dev.gavel.offer.made.v1", schema = "1.0")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfferMade(
            OrderId orderId,
            AuctionId auctionId,
            @Nullable ProductId productId,
            UserId sellerId,
            UserId bidderId,
            Money price,
            int offer,
            Instant offeredAt)
            implements OfferEvent {}
}
