package dev.gavel.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order as its buyer and its seller see it.
///
/// @param offer 1 for the winner; higher for somebody who got a second chance
/// @param dueAt until when somebody has to pay, to ship, to confirm or to decide a dispute
/// @param returnedAt when the thing was back at the seller's; `dueAt` is then when all the money goes
/// back by itself
/// @param history every status it has had, the oldest first
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        OrderId orderId,
        AuctionId auctionId,
        @Nullable ProductId productId,
        UserId sellerId,
        UserId buyerId,
        Money price,
        int offer,
        Order.Status status,
        @Nullable Instant dueAt,
        Order.@Nullable Parcel parcel,
        @Nullable String dispute,
        Order.@Nullable Decision decision,
        @Nullable Instant returnedAt,
        List<Order.Passed> history) {

    static OrderView of(Order order) {
        return new OrderView(
                order.orderId(),
                order.auctionId(),
                order.productId(),
                order.sellerId(),
                order.buyerId(),
                order.price(),
                order.offer(),
                order.status(),
                order.dueAt(),
                order.parcel(),
                order.dispute(),
                order.decision(),
                order.returnedAt(),
                order.history());
    }
}
