package dev.gavel.shipping;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.Optional;

/// The buyer of a disputed order sends the thing back: once, and with a number that is no other
/// parcel's, so that the one that came cannot pass for the one that goes. The same parcel again changes
/// nothing. Refusals: {@link ShipmentRejected}.
public final class ReturnShipment implements UseCase<ReturnShipment.Command, ShipmentView> {

    /// @param carrier the id of one, such as `epost`
    /// @param trackingNumber 1 to 40 letters, digits and hyphens, as the carrier has it
    public record Command(OrderId orderId, String carrier, String trackingNumber) {}

    private final Parcels parcels;

    ReturnShipment(Parcels parcels) {
        this.parcels = parcels;
    }

    @Override
    public Outcome<ShipmentView> apply(Call<Command> call) {
        Command command = call.command();
        Optional<Parcel> found = parcels.find(ParcelId.of(command.orderId(), Direction.OUTBOUND))
                .filter(parcel -> parcel.isOf(call.user()));
        if (found.isEmpty()) {
            return Outcome.rejected(new ShipmentRejected.Missing());
        }
        Parcel came = found.get();
        if (!call.user().equals(came.buyerId())) {
            return Outcome.rejected(new ShipmentRejected.NotForYou());
        }
        if (!Waybill.isCarrier(command.carrier())) {
            return Outcome.rejected(new ShipmentRejected.Invalid("carrier", "send the id of a carrier, such as epost"));
        }
        if (!Waybill.isNumber(command.trackingNumber())) {
            return Outcome.rejected(new ShipmentRejected.Invalid(
                    "trackingNumber", "send 1 to 40 letters and digits, as the carrier has it"));
        }
        Waybill waybill = new Waybill(command.carrier(), command.trackingNumber());
        ParcelId id = ParcelId.of(command.orderId(), Direction.RETURN);
        return parcels.find(id).map(known -> again(came, known, waybill)).orElseGet(() -> send(came, waybill, call));
    }

    private static Outcome<ShipmentView> again(Parcel came, Parcel known, Waybill waybill) {
        return known.waybill().equals(waybill)
                ? Outcome.accepted(ShipmentView.of(List.of(came, known)))
                : Outcome.rejected(new ShipmentRejected.SentAlready());
    }

    private Outcome<ShipmentView> send(Parcel came, Waybill waybill, Call<Command> call) {
        if (!came.disputed() || came.decided()) {
            return Outcome.rejected(new ShipmentRejected.NotDisputed());
        }
        if (came.waybill().equals(waybill) || !parcels.of(waybill).isEmpty()) {
            return Outcome.rejected(
                    new ShipmentRejected.Invalid("trackingNumber", "this is the number of another parcel"));
        }
        Parcel back = Parcel.sent(
                came.orderId(),
                Direction.RETURN,
                came.sellerId(),
                came.buyerId(),
                waybill,
                call.receivedAt(),
                call.receivedAt());
        try {
            parcels.save(back, List.of());
        } catch (StaleWrite _) {
            return again(came, parcels.find(back.parcelId()).orElseThrow(), waybill);
        }
        return Outcome.accepted(ShipmentView.of(List.of(came, back)));
    }
}
