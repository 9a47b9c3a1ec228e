package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Order.Status;
import java.time.Duration;

/// Sends the money back of every order whose seller has not shipped in time.
public final class RefundUnshipped implements UseCase<Tick, Done> {

    private final Overdue overdue;

    RefundUnshipped(Orders orders, Desk desk) {
        this.overdue = new Overdue(orders, desk, RefundUnshipped.class, Duration.ZERO);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        return Outcome.accepted(new Done(overdue.advance(call, Status.PAID, new Step.GiveUpShipping())));
    }
}
