package dev.gavel.orders;

import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes an order of every auction that was sold, by bid or at once, and of every second chance that somebody is
/// offered, which they take by paying. However often it is told there is one order, as its id comes from the auction's.
public final class PlaceOrder implements UseCase<Fact<MarketEvent>, Done> {

    private final Orders orders;
    private final Terms terms;

    PlaceOrder(Orders orders, Terms terms) {
        this.orders = orders;
        this.terms = terms;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<MarketEvent>> call) {
        Order order = order(call.command().data(), call.receivedAt());
        if (order == null || orders.find(order.orderId()).isPresent()) {
            return Outcome.accepted(Done.NOTHING);
        }
        List<Fact<?>> facts = List.of(Fact.of(PlaceOrder.class, order.facts(), call.receivedAt(), placed(order)));
        orders.add(order, facts);
        orders.announce(facts);
        return Outcome.accepted(Done.ONCE);
    }

    private @Nullable Order order(MarketEvent event, Instant now) {
        Instant payBy = now.plus(terms.toPay());
        return switch (event) {
            case AuctionClosed it
            when it.winnerId() != null && it.price() != null ->
                Order.placed(it.auctionId(), it.productId(), it.sellerId(), it.winnerId(), it.price(), 1, now, payBy);
            case OfferMade it ->
                Order.placed(
                        it.auctionId(),
                        it.productId(),
                        it.sellerId(),
                        it.bidderId(),
                        it.price(),
                        it.offer(),
                        now,
                        payBy);
            default -> null;
        };
    }

    private static OrderPlaced placed(Order order) {
        Instant now = order.history().getFirst().at();
        return new OrderPlaced(
                order.orderId(),
                order.auctionId(),
                order.productId(),
                order.sellerId(),
                order.buyerId(),
                order.price(),
                order.offer(),
                now,
                order.dueAt() == null ? now : order.dueAt());
    }
}
