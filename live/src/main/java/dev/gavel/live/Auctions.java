package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.kernel.AuctionId;
import java.util.List;
import java.util.Optional;

/// The truth about auctions, asked when the feed alone is not enough. Calls block, within a bounded time.
interface Auctions {

    /// The newest committed state; empty when there is no such auction.
    ///
    /// @throws dev.gavel.kernel.Unavailable when there was no answer
    Optional<PublicState> find(AuctionId id);

    /// The deltas after one sequence, the oldest first and without a gap up to the newest. When there are more than
    /// `most`, only the newest.
    ///
    /// @throws dev.gavel.kernel.Unavailable when there was no answer
    List<AuctionDelta> deltas(AuctionId id, long after, int most);
}
