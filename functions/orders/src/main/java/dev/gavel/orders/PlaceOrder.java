package dev.gavel.orders;

import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;

/// Makes an order of every auction that was sold, by bid or at once. However often the end is told there is
/// one order, as its id comes from the auction's.
public final class PlaceOrder implements UseCase<Fact<AuctionClosed>, Done> {

    private final Orders orders;
    private final Terms terms;

    PlaceOrder(Orders orders, Terms terms) {
        this.orders = orders;
        this.terms = terms;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<AuctionClosed>> call) {
        AuctionClosed closed = call.command().data();
        if (closed.winnerId() == null
                || closed.price() == null
                || orders.find(OrderId.of(closed.auctionId(), 1)).isPresent()) {
            return Outcome.accepted(Done.NOTHING);
        }
        Instant now = call.receivedAt();
        Instant payBy = now.plus(terms.toPay());
        Order order = Order.placed(
                closed.auctionId(),
                closed.productId(),
                closed.sellerId(),
                closed.winnerId(),
                closed.price(),
                now,
                payBy);
        List<Fact<?>> facts = List.of(Fact.of(
                PlaceOrder.class,
                order.facts(),
                now,
                new OrderPlaced(
                        order.orderId(),
                        order.auctionId(),
                        order.productId(),
                        order.sellerId(),
                        order.buyerId(),
                        order.price(),
                        order.offer(),
                        now,
                        payBy)));
        orders.add(order, facts);
        orders.announce(facts);
        return Outcome.accepted(Done.ONCE);
    }
}
