package dev.gavel.auctions;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;

/// An accepted bid and what it came to: enough to give its bidder the same answer again.
///
/// @param number counts the accepted bids of the auction from 1
/// @param price the price right after it
/// @param minimumBid what the next bid must come to, right after it
record LedgerEntry(
        long number, Bid bid, Money price, UserId leaderId, Money minimumBid, boolean reserveMet, Instant endsAt) {

    boolean leads() {
        return leaderId.equals(bid.bidderId());
    }

    /// Whether a bid with the same key is this very bid sent again.
    boolean isRepeatedBy(Bid again) {
        return bid.amount().equals(again.amount()) && bid.buyNow() == again.buyNow();
    }
}
