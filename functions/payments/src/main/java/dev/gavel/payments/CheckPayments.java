package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import dev.gavel.payments.Payments.Queue;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Carries on payments whose confirmation or refund got no answer for 10 seconds: the gateway's books tell what
/// happened. At most 50 of each a tick; one that stays unclear is asked for less and less often.
public final class CheckPayments implements UseCase<Tick, Done> {

    private static final int PER_TICK = 50;

    private final Payments payments;
    private final Cashier cashier;

    CheckPayments(Payments payments, Cashier cashier) {
        this.payments = payments;
        this.cashier = cashier;
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        Instant now = call.receivedAt();
        List<PaymentId> due = Stream.of(Queue.CONFIRMING, Queue.SETTLING)
                .flatMap(queue -> payments.due(queue, now, PER_TICK).stream())
                .toList();
        return Outcome.accepted(new Done(Batch.run(due, id -> check(id, now))));
    }

    private boolean check(PaymentId id, Instant now) {
        Payment payment = payments.find(id).orElseThrow();
        // The list may lag: somebody may have looked after it meanwhile.
        if (payment.queue() == null || payment.patience().next().isAfter(now)) {
            return false;
        }
        Payment after = cashier.carryOn(payment, new By(CheckPayments.class, now));
        return after.status() != payment.status();
    }
}
