package dev.gavel.shipping;

import dev.gavel.events.Fact;
import dev.gavel.kernel.ParcelId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All parcels.
interface Parcels {

    /// Writes the next state of a parcel (its first one when `writes` is 1) and its facts: all or
    /// nothing, and only if nobody has written since the state it was decided on.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been
    /// written
    void save(Parcel next, List<Fact<?>> facts);

    /// Tells the world what `save` has stored. Never fails: what cannot be told now is told later.
    void announce(List<Fact<?>> facts);

    /// The newest committed state.
    Optional<Parcel> find(ParcelId id);

    /// The parcels that somebody told to have this number, as nothing keeps two people from telling the
    /// same; at most 20. May lag a moment behind.
    List<ParcelId> of(Waybill waybill);

    /// Parcels whose carrier is to be asked by then, roughly those first that have waited longest. May
    /// lag a moment behind.
    List<ParcelId> due(Instant by, int limit);
}
