package dev.gavel.dynamo;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;

/// Publishes the facts a crash left in a context's outbox. Every context has it as a function of its own,
/// triggered by a schedule. Facts younger than 5 seconds are left to the process that is publishing them;
/// one tick begins nothing more after 10 seconds, as a request has 20. The answer counts the facts published.
public final class RelayFacts implements UseCase<Tick, Done> {

    private static final Duration OLD_ENOUGH = Duration.ofSeconds(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final int AT_ONCE = 400;

    private final DynamoOutbox outbox;

    public RelayFacts(DynamoOutbox outbox) {
        this.outbox = outbox;
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
        return Outcome.accepted(new Done(count));
    }
}
