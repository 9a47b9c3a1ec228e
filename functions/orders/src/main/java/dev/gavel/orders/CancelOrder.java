package dev.gavel.orders;

import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Desk.Ask;
import dev.gavel.orders.Order.Decision;
import dev.gavel.orders.Order.Status;
import dev.gavel.orders.Orders.Role;

/// Gives an order up: the buyer before paying, the seller before shipping; what was paid goes back. Refusals:
/// {@link OrderRejected}.
public final class CancelOrder implements UseCase<CancelOrder.Command, OrderView> {

    public record Command(OrderId orderId) {}

    private final Orders orders;
    private final Desk desk;

    CancelOrder(Orders orders, Desk desk) {
        this.orders = orders;
        this.desk = desk;
    }

    @Override
    public Outcome<OrderView> apply(Call<Command> call) {
        Order known = orders.find(call.command().orderId()).orElse(null);
        Role role = known == null ? null : Desk.role(known, call);
        if (known == null || role == null) {
            return Outcome.rejected(new OrderRejected.Unknown());
        }
        Ask ask = role == Role.BUYER
                ? new Ask(
                        CancelOrder.class,
                        new Step.CancelByBuyer(),
                        order -> order.status() == Status.CANCELLED,
                        "You can cancel until you pay; when something is wrong with it, open a dispute.")
                : new Ask(
                        CancelOrder.class,
                        new Step.CancelBySeller(),
                        CancelOrder::cancelled,
                        "You can cancel until you ship.");
        return desk.take(known, call, ask);
    }

    private static boolean cancelled(Order order) {
        Decision decision = order.decision();
        return order.status() == Status.CANCELLED || (decision != null && decision.cause() == Cause.SELLER_CANCELLED);
    }
}
