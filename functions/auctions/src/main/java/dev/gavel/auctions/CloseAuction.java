package dev.gavel.auctions;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ends every auction whose time is over and settles who has won. How late it comes changes nothing: bids after the
/// end are refused by the time they were received. It waits a moment past the end, so that bids that were received in
/// time and are still being committed count.
public final class CloseAuction implements UseCase<Tick, Done> {

    /// Longer than a commit takes, shorter than anybody minds waiting for the result.
    static final Duration GRACE = Duration.ofSeconds(2);

    private final Due due;

    CloseAuction(Auctions auctions) {
        this.due = new Due(auctions, CloseAuction.class, Auction.Status.OPEN, CloseAuction::closed, Ledger::closed);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        return due.advance(call, call.receivedAt().minus(GRACE));
    }

    private static @Nullable Auction closed(Auction auction, Instant now) {
        return now.isBefore(auction.endsAt().plus(GRACE)) ? null : auction.closed(auction.endsAt());
    }
}
