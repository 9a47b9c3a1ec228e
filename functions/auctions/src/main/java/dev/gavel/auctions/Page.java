package dev.gavel.auctions;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionExtended;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bids that were committed together, and what it takes to tell the facts about them again.
///
/// @param sequence of the fact that they were accepted
/// @param leaderBefore who led before the first of them
/// @param endsAtBefore the end of the auction before the first of them
record Page(long sequence, @Nullable UserId leaderBefore, Instant endsAtBefore, List<LedgerEntry> entries) {

    /// The page of some bids and the facts that are committed with them.
    ///
    /// @throws IllegalArgumentException when none of the facts says that they were accepted
    static Page of(List<LedgerEntry> accepted, List<Fact<?>> facts) {
        Instant endsAtBefore = accepted.getLast().endsAt();
        Fact<?> said = null;
        UserId leaderBefore = null;
        for (Fact<?> fact : facts) {
            if (fact.data() instanceof BidsAccepted it) {
                said = fact;
                leaderBefore = it.previousLeaderId();
            } else if (fact.data() instanceof AuctionExtended it) {
                endsAtBefore = it.previousEndsAt();
            }
        }
        if (said == null) {
            throw new IllegalArgumentException("bids are written together with the fact that they were accepted");
        }
        return new Page(said.sequence(), leaderBefore, endsAtBefore, accepted);
    }

    /// The facts about these bids as they were published, in their order.
    List<Fact<? extends AuctionEvent>> facts(AuctionId id) {
        Instant time = entries.getLast().bid().receivedAt();
        List<Fact<? extends AuctionEvent>> facts = new ArrayList<>(2);
        facts.add(Fact.of(PlaceBid.class, sequence, time, Ledger.accepted(id, entries, leaderBefore)));
        Instant endsAt = entries.getLast().endsAt();
        if (!endsAt.equals(endsAtBefore)) {
            facts.add(Fact.of(PlaceBid.class, sequence + 1, time, new AuctionExtended(id, endsAtBefore, endsAt)));
        }
        return facts;
    }
}
