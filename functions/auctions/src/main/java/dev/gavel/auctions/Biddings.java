package dev.gavel.auctions;

import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.UserId;
import org.jspecify.annotations.Nullable;

/// Who has bid where: a view kept from the facts, for one bidder's list of auctions.
interface Biddings {

    /// Remembers that somebody bid. Any number of repetitions and any order come to the same.
    ///
    /// @param number the number of their newest accepted bid in this auction that the fact tells of
    void remember(UserId bidder, AuctionId auction, long number);

    /// The auctions somebody has bid on, the most recently created first.
    Slice<AuctionId> of(UserId bidder, int limit, @Nullable String cursor);
}
