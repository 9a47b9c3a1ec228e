package dev.gavel.orders;

import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Desk.Ask;
import dev.gavel.orders.Orders.Role;

/// The buyer is content: the seller gets the money. It cannot be taken back. Refusals: {@link OrderRejected}.
public final class ConfirmPurchase implements UseCase<ConfirmPurchase.Command, OrderView> {

    public record Command(OrderId orderId) {}

    private final Desk desk;

    ConfirmPurchase(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Outcome<OrderView> apply(Call<Command> call) {
        return desk.takeAs(
                Role.BUYER,
                call.command().orderId(),
                call,
                new Ask(
                        ConfirmPurchase.class,
                        new Step.Confirm(),
                        ConfirmPurchase::done,
                        "It can be confirmed from when it was shipped until the money is divided."));
    }

    private static boolean done(Order order) {
        return order.decision() != null && order.decision().cause() == Cause.CONFIRMED;
    }
}
