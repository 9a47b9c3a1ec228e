package dev.gavel.catalog;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionExtended;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keeps which auction sells a product now. Any number of repetitions and any order of the facts come to the same.
public final class TrackAuction implements UseCase<Fact<AuctionEvent>, Done> {

    private final Products products;

    TrackAuction(Products products) {
        this.products = products;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<AuctionEvent>> call) {
        AuctionEvent event = call.command().data();
        AuctionId auction = event.auctionId();
        return switch (event) {
            case AuctionScheduled fact -> change(fact.productId(), product -> product.soldBy(auction));
            case AuctionOpened fact -> change(fact.productId(), product -> product.soldBy(auction));
            case AuctionClosed fact -> change(fact.productId(), product -> product.freedBy(auction));
            case AuctionCancelled fact -> change(fact.productId(), product -> product.freedBy(auction));
            case BidsAccepted _, AuctionExtended _ -> Outcome.accepted(Done.NOTHING);
        };
    }

    private Outcome<Done> change(@Nullable ProductId id, UnaryOperator<Product> step) {
        Optional<Product> found = Optional.ofNullable(id).flatMap(products::find);
        if (found.isEmpty()) {
            return Outcome.accepted(Done.NOTHING);
        }
        Product next = step.apply(found.get());
        if (next.equals(found.get())) {
            return Outcome.accepted(Done.NOTHING);
        }
        products.save(next, List.of());
        return Outcome.accepted(Done.ONCE);
    }
}
