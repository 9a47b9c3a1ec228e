package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An auction as one caller may see it: the reserve and other people's maxima stay hidden, and who leads or won is
/// shown in full only to the seller and to the one concerned.
///
/// @param price what the leader would pay now; the start price before the first bid
/// @param minimumBid the least amount the next bid must come to; absent when no bid is taken any more
/// @param leader who leads, masked unless the caller may know; `you` tells the caller that it is them
/// @param yourMaximum the caller's own hidden maximum while they lead
/// @param sequence how many facts there are of it: the next {@link dev.gavel.events.AuctionDelta} has one more
/// @param category the leaf the product is in; absent like `productId` when no product of the catalog is sold
/// @param pictures keys of pictures, the first is the cover
/// @param productRevisedAt when the seller described the product anew after there were bids; told by `get-auction` only
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuctionView(
        AuctionId auctionId,
        UserId sellerId,
        String title,
        String description,
        String preset,
        Status status,
        Money startPrice,
        Money price,
        @Nullable Money minimumBid,
        @Nullable Money buyNow,
        @Nullable String leader,
        boolean youLead,
        @Nullable Money yourMaximum,
        long bidCount,
        boolean hasReserve,
        boolean reserveMet,
        Instant startsAt,
        Instant endsAt,
        @Nullable Result result,
        @Nullable String winner,
        @Nullable Instant endedAt,
        long version,
        long sequence,
        @Nullable ProductId productId,
        @Nullable String category,
        List<String> pictures,
        @Nullable Instant productRevisedAt) {

    /// The state as the clock sees it: `ended` is an auction whose time is over but whose result is not settled yet.
    public enum Status {
        @JsonProperty("scheduled")
        SCHEDULED,
        @JsonProperty("open")
        OPEN,
        @JsonProperty("ended")
        ENDED,
        @JsonProperty("closed")
        CLOSED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    static AuctionView of(Auction auction, Caller caller, Instant now) {
        return of(auction, caller, now, null);
    }

    static AuctionView of(Auction auction, Caller caller, Instant now, @Nullable Instant productRevisedAt) {
        Terms terms = auction.terms();
        Terms.Item item = terms.item();
        Auction.Lead lead = auction.lead();
        Auction.End end = auction.end();
        UserId winner = auction.winner();
        Money yourMaximum = lead != null && is(caller, lead.bidderId()) ? lead.maximum() : null;
        return new AuctionView(
                auction.id(),
                terms.sellerId(),
                terms.title(),
                terms.description(),
                terms.rules().preset(),
                status(auction, now),
                terms.startPrice(),
                auction.price(),
                auction.ended() || !now.isBefore(auction.endsAt()) ? null : auction.minimumBid(),
                auction.availableBuyNow(),
                lead == null ? null : Mask.of(auction, lead.bidderId(), caller),
                yourMaximum != null,
                yourMaximum,
                auction.bidCount(),
                terms.reserve() != null,
                auction.reserveMet(),
                terms.startsAt(),
                auction.endsAt(),
                end == null ? null : end.result(),
                winner == null ? null : Mask.of(auction, winner, caller),
                end == null ? null : end.at(),
                auction.version(),
                auction.facts(),
                terms.productId(),
                item == null ? null : item.category(),
                item == null ? List.of() : item.pictures(),
                productRevisedAt);
    }

    static boolean is(Caller caller, UserId user) {
        return caller instanceof Caller.User(UserId id, var _) && id.equals(user);
    }

    private static Status status(Auction auction, Instant now) {
        return switch (auction.status()) {
            case CLOSED -> Status.CLOSED;
            case CANCELLED -> Status.CANCELLED;
            case SCHEDULED, OPEN ->
                now.isBefore(auction.terms().startsAt())
                        ? Status.SCHEDULED
                        : now.isBefore(auction.endsAt()) ? Status.OPEN : Status.ENDED;
        };
    }
}
