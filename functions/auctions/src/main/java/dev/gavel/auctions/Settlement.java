package dev.gavel.auctions;

import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Decides batches of bids on one auction and commits each as one write. When somebody else wrote first, it takes over
/// what they wrote and decides again, so every answer is true of the one order in which all writes happened. Not
/// thread-safe: one process may have several, but each has one thread at a time.
final class Settlement {

    private static final int ATTEMPTS = 30;

    private final AuctionId id;
    private final Auctions auctions;
    private final IntConsumer pause;
    private @Nullable Ledger ledger;

    /// @param pause waits a moment before an attempt, so that competitors do not run into each other again
    Settlement(AuctionId id, Auctions auctions, IntConsumer pause) {
        this.id = id;
        this.auctions = auctions;
        this.pause = pause;
    }

    /// The answers in the order of the bids, and the committed facts that are still to be announced.
    record Settled(List<Outcome<LedgerEntry>> answers, List<Fact<?>> facts) {}

    /// @throws Unavailable when the store is in trouble or too many others bid at once; some of the bids may have been
    /// committed, which a repetition with the same keys finds out
    Settled settle(List<Bid> bids) {
        boolean fresh = ledger == null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Ledger known = ledger == null ? load() : ledger;
            if (known == null) {
                Outcome<LedgerEntry> unknown = Outcome.rejected(new BidRejected.AuctionUnknown());
                return new Settled(Collections.nCopies(bids.size(), unknown), List.of());
            }
            Ledger.Batch decided = known.decide(bids);
            // A "no" must be true of the newest state, not of one that somebody else has changed since.
            boolean doubtful = !fresh && decided.answers().stream().anyMatch(Outcome.Rejected.class::isInstance);
            if (decided.accepted().isEmpty() && !doubtful) {
                return new Settled(decided.answers(), List.of());
            }
            try {
                if (!decided.accepted().isEmpty()) {
                    auctions.save(decided.next(), decided.accepted(), decided.facts());
                    known.advance(decided.next(), decided.accepted());
                    return new Settled(decided.answers(), decided.facts());
                }
            } catch (StaleWrite _) {
                pause.accept(attempt);
            }
            refresh(known);
            fresh = true;
        }
        throw new Unavailable("too many others bid on this auction at once; repeat the bid with the same key");
    }

    /// Drops what is remembered: the next batch starts from what the store says.
    void forget() {
        ledger = null;
    }

    /// How many accepted bids are remembered.
    int remembered() {
        return ledger == null ? 0 : ledger.size();
    }

    private @Nullable Ledger load() {
        Optional<Auction> found = auctions.find(id);
        if (found.isEmpty()) {
            return null;
        }
        Ledger loaded = new Ledger(found.get());
        loaded.advance(found.get(), auctions.accepted(id, 0, found.get().bidCount()));
        ledger = loaded;
        return loaded;
    }

    private void refresh(Ledger known) {
        Auction newest =
                auctions.find(id).orElseThrow(() -> new IllegalStateException("auction " + id + " has vanished"));
        long count = known.auction().bidCount();
        known.advance(newest, newest.bidCount() > count ? auctions.accepted(id, count, newest.bidCount()) : List.of());
    }
}
