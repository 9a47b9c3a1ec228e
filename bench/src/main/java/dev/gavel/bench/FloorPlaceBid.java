package dev.gavel.bench;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.concurrent.atomic.AtomicLong;

/// What the host can do at most: it takes every bid and stores none.
public final class FloorPlaceBid implements UseCase<NaivePlaceBid.Command, NaivePlaceBid.Receipt> {

    private final AtomicLong bids = new AtomicLong();

    @Override
    public Outcome<NaivePlaceBid.Receipt> apply(Call<NaivePlaceBid.Command> call) {
        NaivePlaceBid.Command command = call.command();
        return Outcome.accepted(new NaivePlaceBid.Receipt(
                command.auctionId(),
                bids.incrementAndGet(),
                "leading",
                command.maximum(),
                call.receivedAt(),
                command.maximum()));
    }
}
