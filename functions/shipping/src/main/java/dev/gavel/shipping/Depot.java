package dev.gavel.shipping;

import dev.gavel.events.Fact;
import dev.gavel.events.ParcelEvent;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import dev.gavel.shipping.ParcelRules.Change;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Commits what a rule makes of a parcel, with its fact, and tells the fact. When somebody else wrote
/// first the rule decides again on what they left.
final class Depot {

    private static final int ATTEMPTS = 5;

    private final Parcels parcels;

    Depot(Parcels parcels) {
        this.parcels = parcels;
    }

    /// Whether something has changed; nothing does when there is no such parcel.
    ///
    /// @throws StaleWrite when others were faster again and again
    boolean change(Class<? extends UseCase<?, ?>> useCase, ParcelId id, Instant now, Function<Parcel, Change> rule) {
        for (int attempt = 1; ; attempt++) {
            Parcel parcel = parcels.find(id).orElse(null);
            Change change = parcel == null ? null : rule.apply(parcel);
            if (change == null || change.next().equals(parcel)) {
                return false;
            }
            try {
                commit(useCase, change, now);
                return true;
            } catch (StaleWrite stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
            }
        }
    }

    private void commit(Class<? extends UseCase<?, ?>> useCase, Change change, Instant now) {
        ParcelEvent event = change.fact();
        Parcel next = change.next().written(event != null);
        List<Fact<?>> facts = event == null ? List.of() : List.of(Fact.of(useCase, next.facts(), now, event));
        parcels.save(next, facts);
        parcels.announce(facts);
    }
}
