package dev.gavel.wrong;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

public final class BuyNow implements UseCase<BuyNow.Command, Done> {

    public record Command(String auctionId) {}

    @Override
    public Outcome<Done> apply(Call<Command> call) {
        return Outcome.accepted(Done.ONCE);
    }
}
