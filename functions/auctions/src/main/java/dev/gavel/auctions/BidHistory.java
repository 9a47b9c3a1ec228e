package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists the accepted bids of an auction, the newest first. Bidders are masked except to themselves and the seller;
/// amounts are the public prices, never the maxima. Refusals: {@link AuctionRejected}.
public final class BidHistory implements UseCase<BidHistory.Query, BidHistory.Bids> {

    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 500;

    /// @param limit how many, 1 to 500; 50 when absent
    /// @param cursor continues the page before: the number of its last bid
    public record Query(
            AuctionId auctionId,
            @Nullable Integer limit,
            @Nullable Long cursor) {}

    /// One page; the cursor is absent on the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bids(List<Entry> bids, @Nullable Long cursor) {}

    /// @param price what the leader would have paid right after this bid
    /// @param leader who led right after it
    public record Entry(long number, String bidder, Money price, String leader, Instant acceptedAt, boolean you) {}

    private final Auctions auctions;

    BidHistory(Auctions auctions) {
        this.auctions = auctions;
    }

    @Override
    public Outcome<Bids> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("limit", "ask for 1 to 500"));
        }
        Optional<Auction> found = auctions.find(query.auctionId());
        if (found.isEmpty()) {
            return Outcome.rejected(new AuctionRejected.Unknown());
        }
        Auction auction = found.get();
        // Bids committed after the auction was read are left to the next question.
        long below = Math.min(auction.bidCount() + 1, query.cursor() == null ? Long.MAX_VALUE : query.cursor());
        List<LedgerEntry> entries = auctions.latest(auction.id(), below, limit);
        boolean more = !entries.isEmpty() && entries.getLast().number() > 1;
        return Outcome.accepted(new Bids(
                entries.stream().map(entry -> shown(entry, auction, call)).toList(),
                more ? entries.getLast().number() : null));
    }

    private static Entry shown(LedgerEntry entry, Auction auction, Call<Query> call) {
        Bid bid = entry.bid();
        return new Entry(
                entry.number(),
                Mask.of(auction, bid.bidderId(), call.caller()),
                entry.price(),
                Mask.of(auction, entry.leaderId(), call.caller()),
                bid.receivedAt(),
                AuctionView.is(call.caller(), bid.bidderId()));
    }
}
