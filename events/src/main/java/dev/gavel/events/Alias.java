package dev.gavel.events;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hides who bids: `k***7` is always the same bidder within one auction, tells nothing about who it is, and is another
/// one in another auction.
public final class Alias {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private Alias() {}

    /// What the public sees of a bidder.
    public static String of(AuctionId auction, UserId bidder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((auction + "/" + bidder).getBytes(StandardCharsets.UTF_8));
            return LETTERS.charAt(digest[0] & 31) + "***" + LETTERS.charAt(digest[1] & 31);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
