package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import dev.gavel.payments.Payments.Queue;
import dev.gavel.runtime.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Carries on payments whose confirmation or refund got no answer for 10 seconds: the gateway's books tell what
/// happened. At most 50 of each a tick; one that stays unclear is asked for less and less often.
public final class CheckPayments implements UseCase<Tick, Done> {

    private static final int PER_TICK = 50;

    private final Payments payments;
    private static final double[] SECONDS = {30, 60, 300, 600, 1800, 3600, 21600};

    private final Cashier cashier;
    private final Measures.Distribution unclear;

    CheckPayments(Payments payments, Cashier cashier, Measures measures) {
        this.payments = payments;
        this.cashier = cashier;
        this.unclear = measures.distribution(
                "gavel.payments.unclear",
                "How long payments had been unclear when they were looked after",
                "seconds",
                SECONDS);
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
        unclear.record(Duration.between(payment.since(), now).toMillis() / 1e3);
        Payment after = cashier.carryOn(payment, new By(CheckPayments.class, now));
        return after.status() != payment.status();
    }
}
