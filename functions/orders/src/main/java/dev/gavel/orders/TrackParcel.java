package dev.gavel.orders;

import dev.gavel.events.Fact;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import java.time.Instant;

/// Moves an order on when its parcel has arrived: at the buyer's, or back at the seller's during a
/// dispute. Repetitions change nothing, as the order is past that by then.
public final class TrackParcel implements UseCase<Fact<ParcelDelivered>, Done> {

    private final Desk desk;

    TrackParcel(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<ParcelDelivered>> call) {
        ParcelDelivered parcel = call.command().data();
        Instant now = call.receivedAt();
        Step step = switch (parcel.direction()) {
            // Clocks of others may be ahead.
            case OUTBOUND -> new Step.Deliver(parcel.deliveredAt().isAfter(now) ? now : parcel.deliveredAt());
            case RETURN -> new Step.Return();
        };
        Desk.Taken became = desk.take(TrackParcel.class, parcel.orderId(), now, _ -> step)
                .orElseThrow(() -> new Unavailable("there is no order " + parcel.orderId() + " yet"));
        return Outcome.accepted(became.taken() ? Done.ONCE : Done.NOTHING);
    }
}
