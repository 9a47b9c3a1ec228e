package dev.gavel.auctions;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.runtime.Measures;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ends every auction whose time is over and settles who has won. How late it comes changes nothing: bids after the
/// end are refused by the time they were received. It waits a moment past the end, so that bids that were received in
/// time and are still being committed count.
public final class CloseAuction implements UseCase<Tick, Done> {

    /// Longer than a commit takes, shorter than anybody minds waiting for the result.
    static final Duration GRACE = Duration.ofSeconds(2);

    /// A sale is prepared for that long before.
    private static final Duration SOON = Duration.ofMinutes(15);

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(15);
    private static final double[] SECONDS = {2.5, 5, 7.5, 10, 15, 30, 60, 300};

    private record Counted(int auctions, Instant at) {}

    private final Auctions auctions;
    private final Due due;
    private final Measures.Distribution lateness;
    private volatile @Nullable Counted closing;

    CloseAuction(Auctions auctions, Measures measures) {
        this.auctions = auctions;
        this.due = new Due(auctions, CloseAuction.class, Auction.Status.OPEN, this::closed, Ledger::closed);
        this.lateness = measures.distribution(
                "gavel.auctions.close.lateness", "From the end of an auction to its closing", "seconds", SECONDS);
        measures.gauge("gavel.auctions.closing.within.15m", "Open auctions that end within 15 minutes", () -> {
            Counted known = closing;
            return known == null ? Double.NaN : known.auctions();
        });
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        Outcome<Done> outcome = due.advance(call, call.receivedAt().minus(GRACE));
        count(call.receivedAt());
        return outcome;
    }

    /// What is counted is worth less than what was closed: the next tick counts again.
    private void count(Instant now) {
        Counted known = closing;
        if (known != null && Duration.between(known.at(), now).abs().compareTo(BETWEEN_COUNTS) < 0) {
            return;
        }
        try {
            closing = new Counted(auctions.closing(now, now.plus(SOON)), now);
        } catch (Unavailable _) {
            closing = null;
        }
    }

    private @Nullable Auction closed(Auction auction, Instant now) {
        if (now.isBefore(auction.endsAt().plus(GRACE))) {
            return null;
        }
        lateness.record(Duration.between(auction.endsAt(), now).toMillis() / 1e3);
        return auction.closed(auction.endsAt());
    }
}
