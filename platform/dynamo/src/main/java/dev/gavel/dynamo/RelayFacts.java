package dev.gavel.dynamo;

import dev.gavel.dynamo.DynamoOutbox.Backlog;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.runtime.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Publishes the facts a crash left in a context's outbox. Every context has it as a function of its own,
/// triggered by a schedule. Facts younger than 5 seconds are left to the process that is publishing them;
/// one tick begins nothing more after 10 seconds, as a request has 20. The answer counts the facts published.
public final class RelayFacts implements UseCase<Tick, Done> {

    private static final Duration OLD_ENOUGH = Duration.ofSeconds(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final int AT_ONCE = 400;

    /// What a tick found, and when.
    private record Seen(Backlog backlog, Instant at) {}

    private final DynamoOutbox outbox;
    private final LongAdder swept;
    private volatile @Nullable Seen seen;

    /// @param measures where it shows how much is waiting, since when, and that somebody looks
    public RelayFacts(DynamoOutbox outbox, Measures measures) {
        this.outbox = outbox;
        String context = outbox.context();
        measures.gauge(
                "gavel.outbox.waiting",
                "Facts not yet published",
                of(seen -> seen.backlog().facts()),
                "context",
                context);
        measures.gauge(
                "gavel.outbox.oldest.seconds",
                "How long the oldest of them has been waiting",
                of(seen -> seen.backlog().oldest().toMillis() / 1e3),
                "context",
                context);
        measures.gauge(
                "gavel.outbox.seen.timestamp.seconds",
                "When the outbox was last looked at, in seconds since 1970",
                of(seen -> seen.at().toEpochMilli() / 1e3),
                "context",
                context);
        this.swept = measures.counter(
                "gavel.outbox.swept", "Facts that were left behind and published later", "context", context);
    }

    private DoubleSupplier of(ToDoubleFunction<Seen> number) {
        return () -> {
            Seen known = seen;
            return known == null ? Double.NaN : number.applyAsDouble(known);
        };
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        long begun = System.nanoTime();
        Instant olderThan = call.receivedAt().minus(OLD_ENOUGH);
        int count = 0;
        int last;
        do {
            last = outbox.sweep(olderThan, AT_ONCE);
            count += last;
        } while (last > 0 && System.nanoTime() - begun < LONG_ENOUGH.toNanos());
        swept.add(count);
        look(call.receivedAt());
        return Outcome.accepted(new Done(count));
    }

    /// What was published stays published: the next tick looks again.
    private void look(Instant now) {
        try {
            seen = new Seen(outbox.backlog(now), now);
        } catch (Unavailable _) {
            seen = null;
        }
    }
}
