package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;

/// Takes notices that nobody could take during an outage back into the queue, at most 100 a tick. What was refused
/// stays where it is, for an operator.
public final class RedriveNotices implements UseCase<Tick, Done> {

    private static final int PER_TICK = 100;

    private final NoticeQueue queue;

    RedriveNotices(NoticeQueue queue) {
        this.queue = queue;
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        return Outcome.accepted(new Done(queue.redrive(PER_TICK)));
    }
}
