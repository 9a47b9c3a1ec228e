package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Duration;

/// Sends all the money back of every disputed order whose thing is back at the seller's, when no
/// operator has decided otherwise in time.
public final class RefundReturned implements UseCase<Tick, Done> {

    private final Overdue overdue;

    RefundReturned(Orders orders, Desk desk) {
        this.overdue = new Overdue(orders, desk, RefundReturned.class, Duration.ZERO);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        return Outcome.accepted(new Done(overdue.advanceReturned(call, new Step.RefundReturned())));
    }
}
