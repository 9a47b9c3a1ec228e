package dev.gavel.auctions;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.auctions.BiddingRules.Decision;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionExtended;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one process knows of an auction: its state and the accepted bids by key, as of one version. Not thread-safe;
/// the lane that owns it is the only one to touch it.
final class Ledger {

    private Auction auction;
    private final Map<String, LedgerEntry> entries = new HashMap<>();

    Ledger(Auction auction) {
        this.auction = auction;
    }

    Auction auction() {
        return auction;
    }

    int size() {
        return entries.size();
    }

    /// Takes over what others or we ourselves have committed since.
    void advance(Auction newer, List<LedgerEntry> accepted) {
        auction = newer;
        accepted.forEach(entry -> entries.put(entry.bid().key(), entry));
    }

    /// Decides bids one after another as if each were alone. Changes nothing here: what was decided counts only once
    /// it is committed.
    Batch decide(List<Bid> bids) {
        Auction state = auction;
        Map<String, LedgerEntry> taken = new HashMap<>();
        List<LedgerEntry> accepted = new ArrayList<>();
        List<Outcome<LedgerEntry>> answers = new ArrayList<>(bids.size());
        for (Bid bid : bids) {
            LedgerEntry first = entries.getOrDefault(bid.key(), taken.get(bid.key()));
            if (first != null) {
                answers.add(
                        first.isRepeatedBy(bid)
                                ? Outcome.accepted(first)
                                : Outcome.rejected(new BidRejected.KeyReused()));
                continue;
            }
            Decision decision = BiddingRules.decide(state, bid);
            // No switch over types on the way to a first bid: the JDK makes a class for each when it first gets there.
            if (decision instanceof Decision.Taken(Auction after, LedgerEntry entry)) {
                state = after;
                taken.put(bid.key(), entry);
                accepted.add(entry);
                answers.add(Outcome.accepted(entry));
            } else if (decision instanceof Decision.Refused(BidRejected reason)) {
                answers.add(Outcome.rejected(reason));
            }
        }
        List<AuctionEvent> events = accepted.isEmpty() ? List.of() : events(state, accepted);
        Auction next = accepted.isEmpty() ? auction : state.next(events.size());
        return new Batch(next, accepted, facts(events, accepted), answers);
    }

    /// The decisions on some bids, in their order, and what must be written for them to be true.
    record Batch(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts, List<Outcome<LedgerEntry>> answers) {}

    private List<AuctionEvent> events(Auction after, List<LedgerEntry> accepted) {
        List<AuctionEvent> events = new ArrayList<>();
        if (auction.status() == Status.SCHEDULED) {
            // The tick that opens it has not come yet, but its time has.
            events.add(opened(auction));
        }
        events.add(accepted(
                auction.id(),
                accepted,
                auction.lead() == null ? null : auction.lead().bidderId()));
        if (!after.endsAt().equals(auction.endsAt())) {
            events.add(new AuctionExtended(auction.id(), auction.endsAt(), after.endsAt()));
        }
        if (after.end() != null) {
            events.add(closed(after));
        }
        return events;
    }

    /// The fact that some bids were accepted.
    static BidsAccepted accepted(AuctionId id, List<LedgerEntry> entries, @Nullable UserId leaderBefore) {
        LedgerEntry last = entries.getLast();
        return new BidsAccepted(
                id,
                entries.stream().map(Ledger::published).toList(),
                last.price(),
                last.leaderId(),
                leaderBefore,
                last.minimumBid(),
                last.reserveMet(),
                last.number(),
                last.endsAt());
    }

    static AuctionOpened opened(Auction auction) {
        Terms terms = auction.terms();
        return new AuctionOpened(
                auction.id(),
                terms.sellerId(),
                terms.title(),
                terms.startPrice(),
                terms.startsAt(),
                terms.plannedEndsAt(),
                terms.productId());
    }

    /// The fact of an auction that has just ended.
    static AuctionClosed closed(Auction auction) {
        Auction.End end = auction.end();
        if (end == null || end.result() == null) {
            throw new IllegalStateException(auction.id() + " has not been closed");
        }
        return new AuctionClosed(
                auction.id(),
                auction.terms().sellerId(),
                end.result(),
                auction.winner(),
                auction.winner() == null ? null : auction.price(),
                auction.bidCount(),
                end.at(),
                auction.terms().productId());
    }

    private List<Fact<?>> facts(List<AuctionEvent> events, List<LedgerEntry> accepted) {
        List<Fact<?>> facts = new ArrayList<>(events.size());
        for (AuctionEvent event : events) {
            facts.add(Fact.of(
                    PlaceBid.class,
                    auction.facts() + facts.size() + 1,
                    accepted.getLast().bid().receivedAt(),
                    event));
        }
        return facts;
    }

    private static AcceptedBid published(LedgerEntry entry) {
        return new AcceptedBid(
                entry.number(),
                entry.bid().bidderId(),
                entry.price(),
                entry.leaderId(),
                entry.bid().receivedAt());
    }
}
