package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the auctions the caller has bid on and how they stand in each now. An auction appears moments after the first
/// bid on it; how the caller stands is always the newest committed state. Refusals: {@link AuctionRejected}.
public final class MyBidding implements UseCase<MyBidding.Query, MyBidding.Mine> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    /// @param limit how many, 1 to 100; 20 when absent
    /// @param cursor continues the page before, as that page gave it
    public record Query(@Nullable Integer limit, @Nullable String cursor) {}

    /// One page; the cursor is absent on the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mine(List<Entry> auctions, @Nullable String cursor) {}

    public record Entry(AuctionView auction, Standing standing) {}

    /// How the caller stands.
    public enum Standing {
        @JsonProperty("leading")
        LEADING,
        @JsonProperty("outbid")
        OUTBID,
        @JsonProperty("won")
        WON,
        @JsonProperty("lost")
        LOST
    }

    private final Auctions auctions;
    private final Biddings biddings;

    MyBidding(Auctions auctions, Biddings biddings) {
        this.auctions = auctions;
        this.biddings = biddings;
    }

    @Override
    public Outcome<Mine> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("limit", "ask for 1 to 100"));
        }
        Slice<AuctionId> ids;
        try {
            ids = biddings.of(call.user(), limit, query.cursor());
        } catch (IllegalArgumentException _) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("cursor", "send it as the page before gave it"));
        }
        List<Entry> entries = auctions.findAll(ids.items()).stream()
                .map(auction ->
                        new Entry(AuctionView.of(auction, call.caller(), call.receivedAt()), standing(auction, call)))
                .toList();
        return Outcome.accepted(new Mine(entries, ids.cursor()));
    }

    private static Standing standing(Auction auction, Call<Query> call) {
        if (auction.ended()) {
            return call.user().equals(auction.winner()) ? Standing.WON : Standing.LOST;
        }
        boolean leads = auction.lead() != null && auction.lead().bidderId().equals(call.user());
        return leads ? Standing.LEADING : Standing.OUTBID;
    }
}
