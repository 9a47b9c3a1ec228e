package dev.gavel.shipping;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.UseCase;
import dev.gavel.shipping.ParcelRules.Change;
import java.util.List;

/// A carrier, or anybody who says to be one, tells that there is news of a number. Nothing of that is
/// believed: the carrier is asked by the next `poll-carriers`. The answer is the same whether the number
/// is known or not.
public final class HandleCarrierWebhook implements UseCase<HandleCarrierWebhook.Command, Done> {

    /// Carriers may add what they like.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Command(String carrier, String trackingNumber) {}

    private final Parcels parcels;
    private final Depot depot;

    HandleCarrierWebhook(Parcels parcels, Depot depot) {
        this.parcels = parcels;
        this.depot = depot;
    }

    @Override
    public Outcome<Done> apply(Call<Command> call) {
        for (ParcelId id : named(call.command())) {
            depot.change(
                    HandleCarrierWebhook.class,
                    id,
                    call.receivedAt(),
                    parcel -> new Change(ParcelRules.woken(parcel, call.receivedAt()), null));
        }
        return Outcome.accepted(Done.NOTHING);
    }

    private List<ParcelId> named(Command command) {
        return Waybill.isCarrier(command.carrier()) && Waybill.isNumber(command.trackingNumber())
                ? parcels.of(new Waybill(command.carrier(), command.trackingNumber()))
                : List.of();
    }
}
