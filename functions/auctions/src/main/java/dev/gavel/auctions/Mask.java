package dev.gavel.auctions;

import dev.gavel.kernel.Caller;
import dev.gavel.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hides who bids: `k***7` is always the same bidder within one auction, tells nothing about who it is, and is another
/// one in another auction. The seller sees everybody, bidders see themselves.
final class Mask {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private Mask() {}

    static String of(Auction auction, UserId bidder, Caller caller) {
        boolean mayKnow = AuctionView.is(caller, bidder)
                || AuctionView.is(caller, auction.terms().sellerId());
        return mayKnow ? bidder.value() : masked(auction, bidder);
    }

    private static String masked(Auction auction, UserId bidder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((auction.id() + "/" + bidder).getBytes(StandardCharsets.UTF_8));
            return LETTERS.charAt(digest[0] & 31) + "***" + LETTERS.charAt(digest[1] & 31);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
