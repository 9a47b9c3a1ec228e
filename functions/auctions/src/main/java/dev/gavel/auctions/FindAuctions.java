package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists auctions page by page: those in one state (open ones that end soonest first), or those of one seller (the
/// newest first). The list may lag a moment behind. Refusals: {@link AuctionRejected} `QueryInvalid`.
public final class FindAuctions implements UseCase<FindAuctions.Query, FindAuctions.Found> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    /// @param status `open` when neither a state nor a seller is given; cannot be combined with a seller
    /// @param limit how many, 1 to 100; 20 when absent
    /// @param cursor continues the page before, as that page gave it
    public record Query(
            @Nullable Status status,
            @Nullable UserId seller,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    /// The states one can ask for.
    public enum Status {
        @JsonProperty("scheduled")
        SCHEDULED,
        @JsonProperty("open")
        OPEN,
        @JsonProperty("closed")
        CLOSED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    /// One page; the cursor is absent on the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            List<AuctionView> auctions, @Nullable String cursor) {}

    private final Auctions auctions;

    FindAuctions(Auctions auctions) {
        this.auctions = auctions;
    }

    @Override
    public Outcome<Found> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("limit", "ask for 1 to 100"));
        }
        if (query.seller() != null && query.status() != null) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("status", "ask by status or by seller, not both"));
        }
        Slice<AuctionId> ids;
        try {
            ids = query.seller() != null
                    ? auctions.ofSeller(query.seller(), limit, query.cursor())
                    : auctions.withStatus(status(query), limit, query.cursor());
        } catch (IllegalArgumentException _) {
            return Outcome.rejected(new AuctionRejected.QueryInvalid("cursor", "send it as the page before gave it"));
        }
        List<AuctionView> views = auctions.findAll(ids.items()).stream()
                .map(auction -> AuctionView.of(auction, call.caller(), call.receivedAt()))
                .toList();
        return Outcome.accepted(new Found(views, ids.cursor()));
    }

    private static Auction.Status status(Query query) {
        return switch (query.status()) {
            case null -> Auction.Status.OPEN;
            case SCHEDULED -> Auction.Status.SCHEDULED;
            case OPEN -> Auction.Status.OPEN;
            case CLOSED -> Auction.Status.CLOSED;
            case CANCELLED -> Auction.Status.CANCELLED;
        };
    }
}
