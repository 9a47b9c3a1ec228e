package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Order.Status;
import java.time.Duration;

/// Gives up every order whose buyer has not paid in time.
public final class ExpireUnpaid implements UseCase<Tick, Done> {

    /// Somebody may be paying this very moment.
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Overdue overdue;

    ExpireUnpaid(Orders orders, Desk desk) {
        this.overdue = new Overdue(orders, desk, ExpireUnpaid.class, GRACE);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        return Outcome.accepted(new Done(overdue.advance(call, Status.AWAITING_PAYMENT, new Step.Expire())));
    }
}
