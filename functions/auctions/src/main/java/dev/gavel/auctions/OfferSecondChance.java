package dev.gavel.auctions;

import dev.gavel.events.Fact;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.Reason;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Offers what a buyer did not take to whoever bid next, at their own highest bid: to two after the winner at most, and
/// never below the reserve. The same again makes the same offer.
public final class OfferSecondChance implements UseCase<Fact<OrderCancelled>, Done> {

    private static final int MOST_OFFERS = 3;

    private final Auctions auctions;

    OfferSecondChance(Auctions auctions) {
        this.auctions = auctions;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<OrderCancelled>> call) {
        OrderCancelled cancelled = call.command().data();
        Auction auction = auctions.find(cancelled.auctionId()).orElse(null);
        OfferMade offer = auction == null || cancelled.reason() == Reason.SELLER_CANCELLED
                ? null
                : after(auction, cancelled.buyerId(), call.receivedAt());
        if (offer == null) {
            return Outcome.accepted(Done.NOTHING);
        }
        List<Fact<?>> facts = List.of(Fact.of(OfferSecondChance.class, 1, call.receivedAt(), offer));
        auctions.note(facts);
        auctions.announce(facts);
        return Outcome.accepted(Done.ONCE);
    }

    private @Nullable OfferMade after(Auction auction, UserId buyer, Instant now) {
        if (auction.winner() == null) {
            return null;
        }
        List<Bid> standings = standings(auction);
        int rank = standings.stream().map(Bid::bidderId).toList().indexOf(buyer) + 1;
        if (rank == 0 || rank >= Math.min(MOST_OFFERS, standings.size())) {
            return null;
        }
        Bid next = standings.get(rank);
        Money reserve = auction.terms().reserve();
        AuctionId id = auction.id();
        return reserve != null && next.amount().isLessThan(reserve)
                ? null
                : new OfferMade(
                        OrderId.of(id, rank + 1),
                        id,
                        auction.terms().productId(),
                        auction.terms().sellerId(),
                        next.bidderId(),
                        next.amount(),
                        rank + 1,
                        now);
    }

    /// The highest bid of everybody: the winner's first, then the highest; of equal ones the earlier.
    private List<Bid> standings(Auction auction) {
        Map<UserId, Bid> highest = new LinkedHashMap<>();
        for (LedgerEntry entry : auctions.accepted(auction.id(), 0, auction.bidCount())) {
            highest.merge(
                    entry.bid().bidderId(),
                    entry.bid(),
                    (before, now) -> before.amount().isLessThan(now.amount()) ? now : before);
        }
        List<Bid> standings = new ArrayList<>(highest.values());
        standings.sort(Comparator.<Bid, Boolean>comparing(bid -> !bid.bidderId().equals(auction.winner()))
                .thenComparing(Bid::amount, Comparator.reverseOrder())
                .thenComparing(Bid::receivedAt));
        return standings;
    }
}
