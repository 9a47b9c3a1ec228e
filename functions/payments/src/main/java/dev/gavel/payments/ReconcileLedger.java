package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import dev.gavel.payments.Payments.Slice;
import dev.gavel.payments.Reconciliation.Difference;
import dev.gavel.payments.Reconciliation.Report;
import dev.gavel.runtime.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Goes round all payments, 25 a tick, and keeps where state, ledger and the gateway's books differ. Money the
/// gateway has of a payment that was given up, or that nobody waited for any more, is taken into escrow here. A
/// tick that fails goes over the same payments again.
public final class ReconcileLedger implements UseCase<Tick, Done> {

    private static final System.Logger LOG = System.getLogger(ReconcileLedger.class.getName());
    private static final int PER_TICK = 25;
    /// A payment in between is left to those who move it.
    private static final Duration UNDER_WAY = Duration.ofMinutes(10);
    /// What has been at rest for longer is not asked for at the gateway any more.
    private static final Duration ASKED_FOR = Duration.ofDays(3);

    private final Payments payments;
    private final Reconciliations reconciliations;
    private final PaymentGateway gateway;
    private final Cashier cashier;
    private volatile Reconciliation newest = Reconciliation.NEVER;

    ReconcileLedger(
            Payments payments,
            Reconciliations reconciliations,
            PaymentGateway gateway,
            Cashier cashier,
            Measures measures) {
        this.payments = payments;
        this.reconciliations = reconciliations;
        this.gateway = gateway;
        this.cashier = cashier;
        show(measures, "running", () -> newest.running());
        show(measures, "last", () -> newest.last());
        measures.gauge(
                "gavel.ledger.finished.timestamp.seconds",
                "When the last round through all payments was finished, in seconds since 1970",
                () -> {
                    Report last = newest.last();
                    return last == null || last.finishedAt() == null
                            ? Double.NaN
                            : last.finishedAt().getEpochSecond();
                });
    }

    private static void show(Measures measures, String round, Supplier<@Nullable Report> report) {
        measures.gauge(
                "gavel.ledger.differences",
                "Where state, ledger and the gateway's books differ",
                () -> {
                    Report known = report.get();
                    return known == null ? Double.NaN : known.found();
                },
                "round",
                round);
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        Instant now = call.receivedAt();
        Reconciliation current = reconciliations.current();
        Slice slice = payments.all(PER_TICK, current.cursor());
        Map<PaymentId, Payment> some =
                slice.items().stream().collect(Collectors.toMap(Payment::paymentId, Function.identity()));
        Queue<Difference> differences = new ConcurrentLinkedQueue<>();
        AtomicInteger unasked = new AtomicInteger(some.size());
        Batch.run(List.copyOf(some.keySet()), id -> {
            boolean asked = check(some.getOrDefault(id, slice.items().getFirst()), now, differences);
            if (asked) {
                unasked.decrementAndGet();
            }
            return asked;
        });
        differences.forEach(difference -> LOG.log(System.Logger.Level.WARNING, "the books differ: {0}", difference));
        Report running = current.running();
        Report report = (running == null ? Report.started(now) : running)
                .plus(some.size(), unasked.get(), List.copyOf(differences));
        Reconciliation next = current.after(report, slice.cursor(), now);
        reconciliations.save(next);
        newest = next;
        return Outcome.accepted(new Done(some.size()));
    }

    /// @return whether nothing is left to ask the gateway
    private boolean check(Payment payment, Instant now, Queue<Difference> differences) {
        List<Journal> journals = payments.journals(payment.paymentId());
        List<Difference> found = new ArrayList<>(Audit.ofLedger(payment, journals));
        boolean asked = true;
        if (asks(payment, now)) {
            switch (gateway.find(payment.orderId())) {
                case PaymentGateway.Found(var charge) ->
                    Audit.ofGateway(payment, journals, charge).ifPresent(found::add);
                case PaymentGateway.NotFound() ->
                    Audit.ofGateway(payment, journals, null).ifPresent(found::add);
                case PaymentGateway.Unknown _ -> asked = false;
            }
        }
        if (!found.isEmpty() && unchanged(payment)) {
            differences.addAll(found);
            takeIn(payment, now);
        }
        return asked;
    }

    private static boolean asks(Payment payment, Instant now) {
        Duration rest = Duration.between(payment.since(), now);
        return switch (payment.status()) {
            case CONFIRMING, SETTLING -> rest.compareTo(UNDER_WAY) > 0;
            case HELD -> true;
            case DUE, VOID, SETTLED -> rest.compareTo(ASKED_FOR) <= 0;
        };
    }

    /// Otherwise it was changed between our looks, and the next round sees it whole.
    private boolean unchanged(Payment payment) {
        return payments.find(payment.paymentId()).map(Payment::writes).orElse(0L) == payment.writes();
    }

    private void takeIn(Payment payment, Instant now) {
        if (PaymentRules.held(payment) || payment.terms() == null) {
            return;
        }
        try {
            cashier.carryOn(payment, new By(ReconcileLedger.class, now));
        } catch (Unavailable later) {
            LOG.log(System.Logger.Level.WARNING, "{0}", later.getMessage());
        }
    }
}
