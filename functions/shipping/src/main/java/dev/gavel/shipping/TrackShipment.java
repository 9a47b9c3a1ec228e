package dev.gavel.shipping;

import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.shipping.ParcelRules.Change;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// Follows the parcel of an order that was shipped, lets it come back during a dispute, and asks no
/// carrier any more once the order is decided. Any number of repetitions come to the same.
public final class TrackShipment implements UseCase<Fact<OrderEvent>, Done> {

    private final Parcels parcels;
    private final Depot depot;

    TrackShipment(Parcels parcels, Depot depot) {
        this.parcels = parcels;
        this.depot = depot;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<OrderEvent>> call) {
        Instant now = call.receivedAt();
        boolean changed = switch (call.command().data()) {
            case OrderShipped it -> sent(it, now);
            case OrderDisputed it -> disputed(it, now);
            case OrderDecided it -> decided(it, now);
            default -> false;
        };
        return Outcome.accepted(changed ? Done.ONCE : Done.NOTHING);
    }

    private boolean sent(OrderShipped order, Instant now) {
        Parcel parcel = Parcel.sent(
                order.orderId(),
                Direction.OUTBOUND,
                order.sellerId(),
                order.buyerId(),
                new Waybill(order.carrier(), order.trackingNumber()),
                order.shippedAt(),
                now);
        if (parcels.find(parcel.parcelId()).isPresent()) {
            return false;
        }
        try {
            parcels.save(parcel, List.of());
            return true;
        } catch (StaleWrite _) {
            // The same fact, handled at the same time.
            return false;
        }
    }

    private boolean disputed(OrderDisputed order, Instant now) {
        ParcelId id = ParcelId.of(order.orderId(), Direction.OUTBOUND);
        if (parcels.find(id).isEmpty()) {
            // Only what was shipped is disputed: the broker delivers it again later.
            throw new Unavailable("there is no parcel of " + order.orderId() + " yet");
        }
        return change(id, now, Parcel::withDispute);
    }

    private boolean decided(OrderDecided order, Instant now) {
        boolean there = change(ParcelId.of(order.orderId(), Direction.OUTBOUND), now, Parcel::withDecision);
        boolean back = change(ParcelId.of(order.orderId(), Direction.RETURN), now, Parcel::withDecision);
        return there || back;
    }

    private boolean change(ParcelId id, Instant now, UnaryOperator<Parcel> rule) {
        return depot.change(TrackShipment.class, id, now, parcel -> new Change(rule.apply(parcel), null));
    }
}
