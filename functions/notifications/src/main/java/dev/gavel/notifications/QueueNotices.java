package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Each;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Queues what has come due: whatever waited for quiet hours to end, and what a crash left. At most 1,000 a tick;
/// what came due less than 5 seconds ago is left to the process that is queuing it.
public final class QueueNotices implements UseCase<Tick, Done> {

    private static final int PER_TICK = 1_000;
    private static final int TOGETHER = 10;
    private static final int AT_ONCE = 4;
    private static final Duration OLD_ENOUGH = Duration.ofSeconds(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

    private final Deliveries deliveries;
    private final Dispatch dispatch;

    QueueNotices(Deliveries deliveries, Dispatch dispatch) {
        this.deliveries = deliveries;
        this.dispatch = dispatch;
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        Instant now = call.receivedAt();
        List<Delivery> due = deliveries.due(now.minus(OLD_ENOUGH), PER_TICK);
        List<List<Delivery>> groups = IntStream.iterate(0, i -> i < due.size(), i -> i + TOGETHER)
                .mapToObj(i -> due.subList(i, Math.min(due.size(), i + TOGETHER)))
                .toList();
        int _ = Each.within(LONG_ENOUGH, groups, AT_ONCE, group -> dispatch.queue(group, now) > 0);
        return Outcome.accepted(new Done(due.size()));
    }
}
