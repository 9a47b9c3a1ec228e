package dev.gavel.notifications;

import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.NoticeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The notices on their way. A delivery is kept for 30 days.
interface Deliveries {

    /// The newest committed state.
    Optional<Delivery> find(NoticeId notice, Channel channel);

    /// Writes the next state, only if nobody has written since the one it was decided on.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been written
    void save(Delivery next);

    /// Those that wait and were due by this time, roughly the oldest first; may lag a moment behind.
    List<Delivery> due(Instant by, int limit);
}
