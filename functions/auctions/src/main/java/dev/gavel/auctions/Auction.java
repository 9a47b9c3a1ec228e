package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of one auction: its terms and what has come of them so far.
///
/// @param endsAt the first instant at which no bid is taken any more; soft close moves it
/// @param price what the leader would pay now; the start price before the first bid
/// @param version counts the writes; every write names the version it was decided on
/// @param facts how many facts have been established about this auction
@JsonInclude(JsonInclude.Include.NON_NULL)
record Auction(
        Terms terms,
        Status status,
        Instant endsAt,
        Money price,
        @Nullable Lead lead,
        long bidCount,
        @Nullable End end,
        long version,
        long facts) {

    enum Status {
        @JsonProperty("scheduled")
        SCHEDULED,
        @JsonProperty("open")
        OPEN,
        @JsonProperty("closed")
        CLOSED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    /// Who leads, and the hidden amount up to which the lead is defended.
    record Lead(UserId bidderId, Money maximum) {}

    /// How it ended. The result is absent when it was cancelled, the reason when it was not.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record End(
            Instant at, @Nullable Result result, @Nullable String reason) {}

    /// A new auction that starts now or later. Nothing has been written of it yet.
    static Auction of(Terms terms, Instant now) {
        Status status = terms.startsAt().isAfter(now) ? Status.SCHEDULED : Status.OPEN;
        return new Auction(terms, status, terms.plannedEndsAt(), terms.startPrice(), null, 0, null, 0, 0);
    }

    AuctionId id() {
        return terms.auctionId();
    }

    boolean ended() {
        return end != null;
    }

    /// Whether bids received at this instant are in time, however late the tick that starts or ends it comes.
    boolean takesBidsAt(Instant time) {
        return !ended() && !time.isBefore(terms.startsAt()) && time.isBefore(endsAt);
    }

    boolean reserveMet() {
        Money reserve = terms.reserve();
        return lead != null && (reserve == null || price.isAtLeast(reserve));
    }

    /// The least amount somebody who does not lead must bid.
    Money minimumBid() {
        return lead == null ? price : price.plus(terms.rules().increments().at(price.minorUnits()));
    }

    /// The price to buy at once, as long as it can still be taken: until the first bid, or until the reserve is met.
    @Nullable
    Money availableBuyNow() {
        boolean open = lead == null || (terms.reserve() != null && !reserveMet());
        return open && !ended() ? terms.buyNow() : null;
    }

    Auction opened() {
        return new Auction(terms, Status.OPEN, endsAt, price, lead, bidCount, end, version, facts);
    }

    Auction ledBy(Lead lead, Money price, Instant endsAt) {
        return new Auction(terms, status, endsAt, price, lead, bidCount + 1, end, version, facts);
    }

    Auction closed(Instant at) {
        Result result = lead == null ? Result.UNSOLD : reserveMet() ? Result.SOLD : Result.RESERVE_NOT_MET;
        return new Auction(
                terms, Status.CLOSED, endsAt, price, lead, bidCount, new End(at, result, null), version, facts);
    }

    Auction cancelled(Instant at, String reason) {
        return new Auction(
                terms, Status.CANCELLED, endsAt, price, lead, bidCount, new End(at, null, reason), version, facts);
    }

    /// This state as the next one to write, with so many more facts established.
    Auction next(int newFacts) {
        return new Auction(terms, status, endsAt, price, lead, bidCount, end, version + 1, facts + newFacts);
    }

    /// The buyer, once it is sold.
    @Nullable
    UserId winner() {
        return end != null && end.result() == Result.SOLD && lead != null ? lead.bidderId() : null;
    }
}
