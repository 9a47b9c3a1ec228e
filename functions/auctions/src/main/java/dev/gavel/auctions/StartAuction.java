package dev.gavel.auctions;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Opens every scheduled auction whose start has come. Bids need not wait for it: a bid received after the start opens
/// the auction itself.
public final class StartAuction implements UseCase<Tick, Done> {

    private final Due due;

    StartAuction(Auctions auctions) {
        this.due =
                new Due(auctions, StartAuction.class, Auction.Status.SCHEDULED, StartAuction::opened, Ledger::opened);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        return due.advance(call, call.receivedAt());
    }

    private static @Nullable Auction opened(Auction auction, Instant now) {
        boolean due = auction.status() == Auction.Status.SCHEDULED
                && !now.isBefore(auction.terms().startsAt());
        return due ? auction.opened() : null;
    }
}
