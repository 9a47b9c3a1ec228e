package dev.gavel.shipping;

import dev.gavel.events.ParcelEvent;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.events.ParcelEvent.ParcelMoved;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.shipping.Parcel.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a parcel changes. Carriers tell late, twice and out of order: whatever is not news gives the
/// parcel back as it is.
final class ParcelRules {

    /// A parcel that has not arrived by then is not asked for any more.
    static final Duration LOST = Duration.ofDays(30);

    private ParcelRules() {}

    /// The next state, and the fact to tell with it, if any.
    record Change(Parcel next, @Nullable ParcelEvent fact) {}

    /// The carrier told of these stages. The parcel never goes back, a stage counts as the first time it
    /// was told of, and once it has arrived nothing is added any more.
    static Change heard(Parcel parcel, List<Passed> told, Instant now) {
        if (parcel.stage() == Stage.DELIVERED || parcel.decided()) {
            return new Change(parcel, null);
        }
        Map<Stage, Passed> passed = new EnumMap<>(Stage.class);
        parcel.passed().forEach(one -> passed.put(one.stage(), one));
        told.stream()
                .sorted(Comparator.comparing(Passed::at))
                .forEach(one -> passed.putIfAbsent(one.stage(), clamped(one, parcel.sentAt(), now)));
        if (passed.size() == parcel.passed().size()) {
            return new Change(waited(parcel, now), null);
        }
        Stage furthest = passed.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
        Parcel next = parcel.at(
                        furthest,
                        passed.values().stream()
                                .sorted(Comparator.comparing(Passed::at).thenComparing(Passed::stage))
                                .toList())
                .with(furthest == Stage.DELIVERED ? null : patience(parcel, Patience.first(now), now));
        return new Change(next, furthest == parcel.stage() ? null : fact(next));
    }

    /// The carrier knew nothing new, or did not answer. Who asked before the time does not put it off.
    static Parcel waited(Parcel parcel, Instant now) {
        Patience patience = parcel.patience();
        return patience == null || !parcel.isDue(now)
                ? parcel
                : parcel.with(patience(parcel, patience.longer(now), now));
    }

    /// Somebody says that there is news: the carrier is asked at the next occasion.
    static Parcel woken(Parcel parcel, Instant now) {
        if (parcel.stage() == Stage.DELIVERED || parcel.decided() || parcel.isDue(now)) {
            return parcel;
        }
        Patience patience = parcel.patience();
        return parcel.with(new Patience(now, patience == null ? 0 : patience.asks()));
    }

    private static @Nullable Patience patience(Parcel parcel, Patience patience, Instant now) {
        return parcel.sentAt().plus(LOST).isBefore(now) ? null : patience;
    }

    /// Clocks of carriers are wrong at times.
    private static Passed clamped(Passed passed, Instant earliest, Instant latest) {
        Instant at = passed.at();
        Instant possible = at.isAfter(latest) ? latest : at.isBefore(earliest) ? earliest : at;
        return new Passed(passed.stage(), possible, passed.place());
    }

    private static ParcelEvent fact(Parcel parcel) {
        Passed latest = parcel.latest();
        return latest.stage() == Stage.DELIVERED
                ? new ParcelDelivered(
                        parcel.parcelId(),
                        parcel.orderId(),
                        parcel.sellerId(),
                        parcel.buyerId(),
                        parcel.direction(),
                        latest.at())
                : new ParcelMoved(
                        parcel.parcelId(),
                        parcel.orderId(),
                        parcel.sellerId(),
                        parcel.buyerId(),
                        parcel.direction(),
                        latest.stage(),
                        latest.place(),
                        latest.at());
    }
}
