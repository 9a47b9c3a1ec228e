package dev.gavel.orders;

import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Desk.Ask;
import dev.gavel.orders.Order.Decision;
import java.util.Optional;

/// An operator decides a dispute: how much of the price the buyer gets back, from nothing to all; the rest
/// is the seller's. It cannot be taken back. Refusals: {@link OrderRejected}.
public final class ResolveDispute implements UseCase<ResolveDispute.Command, OrderView> {

    public record Command(OrderId orderId, Money toBuyer) {}

    private final Orders orders;
    private final Desk desk;

    ResolveDispute(Orders orders, Desk desk) {
        this.orders = orders;
        this.desk = desk;
    }

    @Override
    public Outcome<OrderView> apply(Call<Command> call) {
        Command command = call.command();
        Money toBuyer = command.toBuyer();
        Optional<Order> found = orders.find(command.orderId());
        if (found.isEmpty()) {
            return Outcome.rejected(new OrderRejected.Unknown());
        }
        Money price = found.get().price();
        if (!toBuyer.currency().equals(price.currency())
                || toBuyer.isLessThan(price.zero())
                || price.isLessThan(toBuyer)) {
            return Outcome.rejected(new OrderRejected.Invalid("toBuyer", "send 0 to " + price));
        }
        return desk.take(
                found.get(),
                call,
                new Ask(
                        ResolveDispute.class,
                        new Step.Resolve(toBuyer),
                        order -> new Decision(Cause.DISPUTE_RESOLVED, price.minus(toBuyer), toBuyer)
                                .equals(order.decision()),
                        "Only an open dispute can be decided."));
    }
}
