package dev.gavel.payments;

import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the payment of a placed order due, and that of one given up void. Any number of repetitions and any
/// order of the facts come to the same.
public final class ExpectPayment implements UseCase<Fact<OrderEvent>, Done> {

    private final Payments payments;

    ExpectPayment(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<OrderEvent>> call) {
        OrderEvent event = call.command().data();
        Payment known = payments.find(PaymentId.of(event.orderId())).orElse(null);
        Payment next = next(known, event, call.receivedAt());
        if (next == null || next.equals(known)) {
            return Outcome.accepted(Done.NOTHING);
        }
        payments.save(next, null, List.of());
        return Outcome.accepted(Done.ONCE);
    }

    private static @Nullable Payment next(@Nullable Payment known, OrderEvent event, Instant now) {
        return switch (event) {
            case OrderPlaced placed ->
                PaymentRules.placed(
                        known,
                        placed.orderId(),
                        new Terms(placed.buyerId(), placed.sellerId(), placed.price(), placed.payBy()),
                        now);
            case OrderCancelled cancelled -> PaymentRules.cancelled(known, cancelled.orderId(), now);
            default -> known;
        };
    }
}
