package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Desk.Ask;
import dev.gavel.orders.Order.Parcel;
import dev.gavel.orders.Orders.Role;

/// The seller has given the thing to a carrier. The same parcel again changes nothing. Refusals:
/// {@link OrderRejected}.
///
/// The carrier is the id of one, such as `cj-logistics`: 1 to 40 small letters, digits and hyphens; the
/// number is what the carrier gave, 1 to 40 letters, digits and hyphens.
public final class RegisterShipment implements UseCase<RegisterShipment.Command, OrderView> {

    public record Command(OrderId orderId, String carrier, String trackingNumber) {}

    private final Desk desk;

    RegisterShipment(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Outcome<OrderView> apply(Call<Command> call) {
        Command command = call.command();
        if (!command.carrier().matches("[a-z0-9][a-z0-9-]{0,39}")) {
            return Outcome.rejected(new OrderRejected.Invalid("carrier", "send the id of a carrier, such as epost"));
        }
        if (!command.trackingNumber().matches("[0-9A-Za-z-]{1,40}")) {
            return Outcome.rejected(new OrderRejected.Invalid(
                    "trackingNumber", "send 1 to 40 letters and digits, as the carrier has it"));
        }
        Parcel parcel = new Parcel(command.carrier(), command.trackingNumber());
        return desk.takeAs(
                Role.SELLER,
                command.orderId(),
                call,
                new Ask(
                        RegisterShipment.class,
                        new Step.Ship(parcel),
                        order -> parcel.equals(order.parcel()),
                        "It can be shipped once it is paid, and once only."));
    }
}
