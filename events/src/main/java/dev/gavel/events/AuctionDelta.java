package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionExtended;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fact about an auction as the public may see it: bidders are known by their {@link Alias}. Whoever has the
/// snapshot of an auction and applies the deltas that follow its `sequence` one by one has its newest state.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuctionDelta.Scheduled.class, name = "scheduled"),
    @JsonSubTypes.Type(value = AuctionDelta.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = AuctionDelta.Bids.class, name = "bids"),
    @JsonSubTypes.Type(value = AuctionDelta.Extended.class, name = "extended"),
    @JsonSubTypes.Type(value = AuctionDelta.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = AuctionDelta.Cancelled.class, name = "cancelled")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface AuctionDelta {

    AuctionId auction();

    /// The place of the fact among those of its auction, from 1 without gaps.
    long sequence();

    /// It will open.
    record Scheduled(AuctionId auction, long sequence, Instant startsAt, Instant endsAt) implements AuctionDelta {}

    /// It takes bids.
    record Opened(AuctionId auction, long sequence, Instant startsAt, Instant endsAt) implements AuctionDelta {}

    /// Bids were accepted; the members beside them are the state after the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Bids(
            AuctionId auction,
            long sequence,
            List<Bid> bids,
            Money price,
            @Nullable Money minimumBid,
            String leader,
            long bidCount,
            boolean reserveMet,
            Instant endsAt)
            implements AuctionDelta {}

    /// One accepted bid; price and leader are those right after it.
    record Bid(long number, String bidder, Money price, String leader, Instant acceptedAt) {}

    /// A late bid moved the end.
    record Extended(AuctionId auction, long sequence, Instant previousEndsAt, Instant endsAt) implements AuctionDelta {}

    /// It ended. Winner and price are there if and only if it was sold.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Closed(
            AuctionId auction,
            long sequence,
            Result result,
            @Nullable String winner,
            @Nullable Money price,
            long bidCount,
            Instant closedAt)
            implements AuctionDelta {}

    /// It was taken back.
    record Cancelled(AuctionId auction, long sequence, String reason, Instant cancelledAt) implements AuctionDelta {}

    /// What the public may see of a fact.
    static AuctionDelta of(Fact<? extends AuctionEvent> fact) {
        long sequence = fact.sequence();
        return switch (fact.data()) {
            case AuctionScheduled it -> new Scheduled(it.auctionId(), sequence, it.startsAt(), it.endsAt());
            case AuctionOpened it -> new Opened(it.auctionId(), sequence, it.openedAt(), it.endsAt());
            case AuctionExtended it -> new Extended(it.auctionId(), sequence, it.previousEndsAt(), it.endsAt());
            case AuctionCancelled it -> new Cancelled(it.auctionId(), sequence, it.reason(), it.cancelledAt());
            case AuctionClosed it ->
                new Closed(
                        it.auctionId(),
                        sequence,
                        it.result(),
                        it.winnerId() == null ? null : Alias.of(it.auctionId(), it.winnerId()),
                        it.price(),
                        it.bidCount(),
                        it.closedAt());
            case BidsAccepted it ->
                new Bids(
                        it.auctionId(),
                        sequence,
                        it.bids().stream()
                                .map(bid -> new Bid(
                                        bid.number(),
                                        Alias.of(it.auctionId(), bid.bidderId()),
                                        bid.price(),
                                        Alias.of(it.auctionId(), bid.leaderId()),
                                        bid.acceptedAt()))
                                .toList(),
                        it.price(),
                        it.minimumBid(),
                        Alias.of(it.auctionId(), it.leaderId()),
                        it.bidCount(),
                        it.reserveMet(),
                        it.endsAt());
        };
    }
}
