package dev.gavel.shipping;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Each;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.shipping.Carriers.Found;
import dev.gavel.shipping.Carriers.NotFound;
import dev.gavel.shipping.Carriers.Unknown;
import dev.gavel.shipping.ParcelRules.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Asks carriers for the parcels that nothing was heard of lately, or that somebody says there is news
/// of: at most 500 a tick, 16 at once, and none is begun after 10 seconds. What is left waits for the
/// next tick.
public final class PollCarriers implements UseCase<Tick, Done> {

    private static final System.Logger LOG = System.getLogger(PollCarriers.class.getName());
    private static final int PER_TICK = 500;
    private static final int AT_ONCE = 16;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private final Parcels parcels;
    private final Carriers carriers;
    private final Depot depot;

    PollCarriers(Parcels parcels, Carriers carriers, Depot depot) {
        this.parcels = parcels;
        this.carriers = carriers;
        this.depot = depot;
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        List<ParcelId> due = parcels.due(call.receivedAt(), PER_TICK);
        return Outcome.accepted(new Done(Each.within(LONG_ENOUGH, due, AT_ONCE, id -> ask(id, call.receivedAt()))));
    }

    /// @return whether somebody was asked
    private boolean ask(ParcelId id, Instant now) {
        Parcel parcel = parcels.find(id).orElseThrow();
        // The list may lag: somebody may have asked meanwhile.
        if (!parcel.isDue(now)) {
            return false;
        }
        return switch (carriers.find(parcel.waybill())) {
            case Found(var stages) ->
                depot.change(PollCarriers.class, id, now, known -> ParcelRules.heard(known, stages, now));
            case NotFound() -> waited(id, now);
            case Unknown(String why) -> {
                LOG.log(System.Logger.Level.WARNING, "{0} is asked for later: {1}", id, why);
                yield waited(id, now);
            }
        };
    }

    private boolean waited(ParcelId id, Instant now) {
        return depot.change(PollCarriers.class, id, now, known -> new Change(ParcelRules.waited(known, now), null));
    }
}
