package dev.gavel.notifications;

import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;

/// Puts deliveries that are due on the queue and marks them. Whoever crashes in between leaves them waiting, and
/// the next tick puts the same message there again.
final class Dispatch {

    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());

    private final Deliveries deliveries;
    private final NoticeQueue queue;

    Dispatch(Deliveries deliveries, NoticeQueue queue) {
        this.deliveries = deliveries;
        this.queue = queue;
    }

    /// Queues those that are due.
    ///
    /// @return how many
    /// @throws Unavailable when the queue does not take them, or the store does not answer
    int queue(List<Delivery> all, Instant now) {
        List<Delivery> due =
                all.stream().filter(one -> !one.dueAt().isAfter(now)).toList();
        if (due.isEmpty()) {
            return 0;
        }
        queue.put(due.stream().map(Delivery::message).toList());
        for (Delivery one : due) {
            try {
                deliveries.save(one.queued());
            } catch (StaleWrite _) {
                // It was sent already.
            }
        }
        return due.size();
    }

    /// The same, but what cannot be queued is left to the tick.
    void attempt(List<Delivery> all, Instant now) {
        try {
            queue(all, now);
        } catch (Unavailable trouble) {
            LOG.log(Level.WARNING, "left for the next tick: {0}", trouble.getMessage());
        }
    }
}
