package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Desk.Ask;
import dev.gavel.orders.Order.Status;
import dev.gavel.orders.Orders.Role;

/// The buyer is not content: the money stays in escrow until an operator has decided, or the buyer confirms
/// after all. The reason has 1 to 500 characters. Refusals: {@link OrderRejected}.
public final class OpenDispute implements UseCase<OpenDispute.Command, OrderView> {

    public record Command(OrderId orderId, String reason) {}

    private final Desk desk;

    OpenDispute(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Outcome<OrderView> apply(Call<Command> call) {
        String reason = call.command().reason().strip();
        if (reason.isEmpty() || reason.length() > 500) {
            return Outcome.rejected(new OrderRejected.Invalid("reason", "say in 1 to 500 characters what is wrong"));
        }
        return desk.takeAs(
                Role.BUYER,
                call.command().orderId(),
                call,
                new Ask(
                        OpenDispute.class,
                        new Step.Dispute(reason),
                        order -> order.status() == Status.DISPUTED && reason.equals(order.dispute()),
                        "It can be disputed from when it was shipped until it is confirmed."));
    }
}
