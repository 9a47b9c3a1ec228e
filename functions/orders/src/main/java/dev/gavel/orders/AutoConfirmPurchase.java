package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Order.Status;
import java.time.Duration;

/// Confirms every order whose buyer has said nothing for long enough: after the delivery, or, when nobody
/// told of one, after a parcel would have arrived long since.
public final class AutoConfirmPurchase implements UseCase<Tick, Done> {

    private final Overdue overdue;

    AutoConfirmPurchase(Orders orders, Desk desk) {
        this.overdue = new Overdue(orders, desk, AutoConfirmPurchase.class, Duration.ZERO);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        int delivered = overdue.advance(call, Status.DELIVERED, new Step.ConfirmBySilence());
        int shipped = overdue.advance(call, Status.SHIPPED, new Step.ConfirmBySilence());
        return Outcome.accepted(new Done(delivered + shipped));
    }
}
