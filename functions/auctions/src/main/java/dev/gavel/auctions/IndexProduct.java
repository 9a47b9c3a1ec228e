package dev.gavel.auctions;

import dev.gavel.auctions.Offer.Revision;
import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent;
import dev.gavel.events.ProductEvent.ProductBumped;
import dev.gavel.events.ProductEvent.ProductListed;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.events.ProductEvent.ProductWithdrawn;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what can be put up for auction up to date with the catalog, and notes when a product with bids on it is
/// described anew. Any number of repetitions and any order of the facts come to the same.
public final class IndexProduct implements UseCase<Fact<ProductEvent>, Done> {

    private final Auctions auctions;
    private final Offers offers;

    IndexProduct(Auctions auctions, Offers offers) {
        this.auctions = auctions;
        this.offers = offers;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<ProductEvent>> call) {
        Fact<ProductEvent> fact = call.command();
        Offer known = offers.find(fact.data().productId()).orElse(null);
        Offer next = known == null || known.sequence() < fact.sequence() ? told(fact, known) : known;
        if (next == null) {
            return Outcome.accepted(Done.NOTHING);
        }
        if (fact.data() instanceof ProductUpdated updated && updated.material()) {
            Revision revision = revision(updated);
            boolean newer = next.revision() == null
                    || revision != null && revision.at().isAfter(next.revision().at());
            next = revision != null && newer ? next.revised(revision) : next;
        }
        if (next.equals(known)) {
            return Outcome.accepted(Done.NOTHING);
        }
        offers.put(next, known);
        return Outcome.accepted(Done.ONCE);
    }

    private static @Nullable Offer told(Fact<ProductEvent> fact, @Nullable Offer known) {
        Revision revision = known == null ? null : known.revision();
        return switch (fact.data()) {
            case ProductListed it ->
                new Offer(
                        it.productId(),
                        it.sellerId(),
                        it.title(),
                        it.description(),
                        it.category(),
                        it.pictures(),
                        false,
                        fact.sequence(),
                        revision);
            case ProductUpdated it ->
                new Offer(
                        it.productId(),
                        it.sellerId(),
                        it.title(),
                        it.description(),
                        it.category(),
                        it.pictures(),
                        false,
                        fact.sequence(),
                        revision);
            // Nobody will ever need a description that has not arrived yet.
            case ProductWithdrawn it ->
                new Offer(it.productId(), it.sellerId(), "", "", "", List.of(), true, fact.sequence(), revision);
            case ProductBumped _ -> known;
        };
    }

    /// What bidders must be told, if the product had bids on it when it was described anew.
    private @Nullable Revision revision(ProductUpdated updated) {
        Optional<AuctionId> selling = auctions.selling(updated.productId());
        if (selling.isEmpty()) {
            return null;
        }
        Instant at = updated.updatedAt();
        return auctions.accepted(selling.get(), 0, 1).stream()
                .filter(first -> !first.bid().receivedAt().isAfter(at))
                .findFirst()
                .map(_ -> new Revision(selling.get(), at))
                .orElse(null);
    }
}
