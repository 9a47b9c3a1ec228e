package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.Currency;

/// An accepted bid as a page keeps it: short names, because what is written is paid for by the kilobyte.
record StoredBid(
        @JsonProperty("n") long number,
        @JsonProperty("k") String key,
        @JsonProperty("b") String bidder,
        @JsonProperty("a") long amount,
        @JsonProperty("c") String currency,
        @JsonProperty("y") boolean buyNow,
        @JsonProperty("t") Instant receivedAt,
        @JsonProperty("p") long price,
        @JsonProperty("l") String leader,
        @JsonProperty("m") long minimumBid,
        @JsonProperty("r") boolean reserveMet,
        @JsonProperty("e") Instant endsAt) {

    static StoredBid of(LedgerEntry entry) {
        Bid bid = entry.bid();
        return new StoredBid(
                entry.number(),
                bid.key(),
                bid.bidderId().value(),
                bid.amount().minorUnits(),
                bid.amount().currency().getCurrencyCode(),
                bid.buyNow(),
                bid.receivedAt(),
                entry.price().minorUnits(),
                entry.leaderId().value(),
                entry.minimumBid().minorUnits(),
                entry.reserveMet(),
                entry.endsAt());
    }

    LedgerEntry entry() {
        Currency unit = Currency.getInstance(currency);
        return new LedgerEntry(
                number,
                new Bid(key, new UserId(bidder), new Money(amount, unit), buyNow, receivedAt),
                new Money(price, unit),
                new UserId(leader),
                new Money(minimumBid, unit),
                reserveMet,
                endsAt);
    }
}
