package dev.gavel.auctions;

import dev.gavel.events.Alias;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.UserId;

/// Hides who bids from all but the seller and the bidders themselves.
final class Mask {

    private Mask() {}

    static String of(Auction auction, UserId bidder, Caller caller) {
        boolean mayKnow = AuctionView.is(caller, bidder)
                || AuctionView.is(caller, auction.terms().sellerId());
        return mayKnow ? bidder.value() : Alias.of(auction.id(), bidder);
    }
}
