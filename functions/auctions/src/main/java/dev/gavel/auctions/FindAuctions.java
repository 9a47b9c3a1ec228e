package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.auctions.Auctions.Order;
import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lists auctions page by page: those in one state (open ones that end soonest first, or the newest first), all or
/// those of one category, or those of one seller (the newest first). The list may lag a moment behind. A price changes
/// with every bid, so that no index has it: asked for a price, the auctions of the list are looked at in its order, at
/// most 10 pages for one answer, which may have fewer than asked for or none; the cursor goes on from there. Refusals:
/// {@link AuctionRejected} `QueryInvalid`.
public final class FindAuctions implements UseCase<FindAuctions.Query, FindAuctions.Found> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;
    private static final int MOST_PAGES = 10;
    private static final Pattern CATEGORY = Pattern.compile("[a-z0-9-]{1,40}([.][a-z0-9-]{1,40})?");

    /// @param status `open` when neither a state nor a seller is given; cannot be combined with a seller
    /// @param category a leaf, or a top category for all its leaves
    /// @param sort `ending` when absent
    /// @param priceFrom the least price, in the minor units of each auction's currency
    /// @param priceTo the largest price, likewise
    /// @param limit how many, 1 to 100; 20 when absent
    /// @param cursor continues the page before, as that page gave it
    public record Query(
            @Nullable Status status,
            @Nullable UserId seller,
            @Nullable String category,
            @Nullable Sort sort,
            @Nullable Long priceFrom,
            @Nullable Long priceTo,
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

    /// The orders one can ask for.
    public enum Sort {
        @JsonProperty("ending")
        ENDING,
        @JsonProperty("newest")
        NEWEST
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
        AuctionRejected problem = problem(query);
        if (problem != null) {
            return Outcome.rejected(problem);
        }
        List<AuctionView> views = new ArrayList<>();
        String cursor = query.cursor();
        int pages = 0;
        do {
            Slice<AuctionId> ids;
            try {
                ids = slice(query, limit - views.size(), cursor);
            } catch (IllegalArgumentException _) {
                return Outcome.rejected(
                        new AuctionRejected.QueryInvalid("cursor", "send it as the page before gave it"));
            }
            auctions.findAll(ids.items()).stream()
                    .filter(auction -> affordable(auction, query))
                    .map(auction -> AuctionView.of(auction, call.caller(), call.receivedAt()))
                    .forEach(views::add);
            cursor = ids.cursor();
            pages++;
        } while (cursor != null && views.size() < limit && pages < MOST_PAGES && priced(query));
        return Outcome.accepted(new Found(views, cursor));
    }

    private static @Nullable AuctionRejected problem(Query query) {
        if (query.seller() != null && query.status() != null) {
            return new AuctionRejected.QueryInvalid("status", "ask by status or by seller, not both");
        }
        if (query.seller() != null && (query.category() != null || query.sort() != null)) {
            return new AuctionRejected.QueryInvalid(
                    query.sort() != null ? "sort" : "category", "leave it out: a seller's list is the newest first");
        }
        if (query.category() != null && !CATEGORY.matcher(query.category()).matches()) {
            return new AuctionRejected.QueryInvalid("category", "send the id of a category, see GET /v1/categories");
        }
        if (query.priceFrom() != null && query.priceTo() != null && query.priceFrom() > query.priceTo()) {
            return new AuctionRejected.QueryInvalid("priceTo", "do not go below priceFrom");
        }
        return null;
    }

    private Slice<AuctionId> slice(Query query, int limit, @Nullable String cursor) {
        if (query.seller() != null) {
            return auctions.ofSeller(query.seller(), limit, cursor);
        }
        Order order = query.sort() == Sort.NEWEST ? Order.NEWEST : Order.ENDING;
        return auctions.listed(status(query), query.category(), order, limit, cursor);
    }

    private static boolean priced(Query query) {
        return query.priceFrom() != null || query.priceTo() != null;
    }

    private static boolean affordable(Auction auction, Query query) {
        long price = auction.price().minorUnits();
        return (query.priceFrom() == null || price >= query.priceFrom())
                && (query.priceTo() == null || price <= query.priceTo());
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
