package dev.gavel.shipping;

import java.util.List;

/// Those who carry parcels, asked about one.
interface Carriers {

    /// Never fails: what cannot be told is `Unknown`.
    Tracking find(Waybill waybill);

    sealed interface Tracking {}

    /// @param stages in no particular order, and some of them maybe several times
    record Found(List<Passed> stages) implements Tracking {}

    /// The carrier does not know the number, or not yet.
    record NotFound() implements Tracking {}

    /// @param why a word that is safe to log
    record Unknown(String why) implements Tracking {}
}
