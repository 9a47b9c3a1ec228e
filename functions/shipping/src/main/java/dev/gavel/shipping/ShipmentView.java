package dev.gavel.shipping;

import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId.Direction;
import java.util.List;

/// The parcels of an order as both sides see them.
///
/// @param parcels the one to the buyer, then the one back, if there is one
public record ShipmentView(OrderId orderId, List<ParcelView> parcels) {

    /// @param stage the furthest it has come
    /// @param passed every stage it is known to have passed, the oldest first
    public record ParcelView(
            Direction direction, String carrier, String trackingNumber, Stage stage, List<Passed> passed) {}

    static ShipmentView of(List<Parcel> parcels) {
        return new ShipmentView(
                parcels.getFirst().orderId(),
                parcels.stream()
                        .map(parcel -> new ParcelView(
                                parcel.direction(),
                                parcel.waybill().carrier(),
                                parcel.waybill().trackingNumber(),
                                parcel.stage(),
                                parcel.passed()))
                        .toList());
    }
}
