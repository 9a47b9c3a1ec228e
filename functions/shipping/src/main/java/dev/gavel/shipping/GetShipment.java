package dev.gavel.shipping;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Shows the parcels of an order to its buyer and its seller; to everybody else there is none. Refusals:
/// {@link ShipmentRejected} `Missing`.
public final class GetShipment implements UseCase<GetShipment.Query, ShipmentView> {

    public record Query(OrderId orderId) {}

    private final Parcels parcels;

    GetShipment(Parcels parcels) {
        this.parcels = parcels;
    }

    @Override
    public Outcome<ShipmentView> apply(Call<Query> call) {
        List<Parcel> found = Stream.of(Direction.values())
                .map(direction -> parcels.find(ParcelId.of(call.command().orderId(), direction)))
                .flatMap(Optional::stream)
                .filter(parcel -> parcel.isOf(call.user()))
                .toList();
        return found.isEmpty()
                ? Outcome.rejected(new ShipmentRejected.Missing())
                : Outcome.accepted(ShipmentView.of(found));
    }
}
