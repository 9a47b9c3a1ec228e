package dev.gavel.orders;

import dev.gavel.events.Fact;
import dev.gavel.events.PaymentEvent;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;

/// Moves an order on when its money is held, and when it is where it belongs. Repetitions change nothing, as
/// the order is past that by then. Money for an order that was given up meanwhile is sent back.
public final class TrackPayment implements UseCase<Fact<PaymentEvent>, Done> {

    private final Desk desk;

    TrackPayment(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<PaymentEvent>> call) {
        return switch (call.command().data()) {
            case PaymentHeld _ -> step(call, new Step.Pay());
            case PaymentSettled _ -> step(call, new Step.Settle());
            case PaymentDeclined _, PaidOut _ -> Outcome.accepted(Done.NOTHING);
        };
    }

    private Outcome<Done> step(Call<Fact<PaymentEvent>> call, Step step) {
        PaymentEvent event = call.command().data();
        Desk.Taken became = desk.take(TrackPayment.class, event.orderId(), call.receivedAt(), _ -> step)
                .orElseThrow(() -> new Unavailable("there is no order " + event.orderId() + " yet"));
        return Outcome.accepted(became.taken() ? Done.ONCE : Done.NOTHING);
    }
}
