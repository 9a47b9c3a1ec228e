package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Desk.Ask;
import dev.gavel.orders.Order.Status;
import dev.gavel.orders.Orders.Role;

/// The buyer says that the parcel has arrived: from now on silence confirms after three days. Refusals:
/// {@link OrderRejected}.
public final class ConfirmDelivery implements UseCase<ConfirmDelivery.Command, OrderView> {

    public record Command(OrderId orderId) {}

    private final Desk desk;

    ConfirmDelivery(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Outcome<OrderView> apply(Call<Command> call) {
        return desk.takeAs(
                Role.BUYER,
                call.command().orderId(),
                call,
                new Ask(
                        ConfirmDelivery.class,
                        new Step.Deliver(call.receivedAt()),
                        order -> order.status() == Status.DELIVERED,
                        "Only what was shipped can arrive."));
    }
}
