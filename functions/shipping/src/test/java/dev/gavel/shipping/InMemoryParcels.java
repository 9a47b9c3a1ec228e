package dev.gavel.shipping;

import dev.gavel.events.Fact;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.testkit.RememberedFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The in-memory twin of {@link DynamoParcels}, held to the same contract.
final class InMemoryParcels extends RememberedFacts implements Parcels {

    private final Map<ParcelId, Parcel> parcels = new HashMap<>();

    @Override
    public synchronized void save(Parcel next, List<Fact<?>> facts) {
        Parcel current = parcels.get(next.parcelId());
        if ((current == null ? 0 : current.writes()) != next.writes() - 1) {
            throw new StaleWrite("parcel " + next.parcelId());
        }
        parcels.put(next.parcelId(), next);
        store(facts);
    }

    @Override
    public synchronized Optional<Parcel> find(ParcelId id) {
        return Optional.ofNullable(parcels.get(id));
    }

    @Override
    public synchronized List<ParcelId> of(Waybill waybill) {
        return parcels.values().stream()
                .filter(parcel -> parcel.waybill().equals(waybill))
                .map(Parcel::parcelId)
                .limit(20)
                .toList();
    }

    @Override
    public synchronized List<ParcelId> due(Instant by, int limit) {
        return parcels.values().stream()
                .filter(parcel -> parcel.isDue(by))
                .sorted(Comparator.comparing(InMemoryParcels::next))
                .limit(limit)
                .map(Parcel::parcelId)
                .toList();
    }

    private static Instant next(Parcel parcel) {
        return parcel.patience() == null ? Instant.MAX : parcel.patience().next();
    }
}
