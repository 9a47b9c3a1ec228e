package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import java.util.List;

/// Where deliveries wait for `deliver-notification`, which gets each at least once.
interface NoticeQueue {

    /// Returns when all are stored.
    ///
    /// @throws dev.gavel.kernel.Unavailable when some may not be
    void put(List<Fact<NoticeQueued>> messages);

    /// Takes messages that were given up because nobody could take them back into the queue; those that were
    /// refused stay.
    ///
    /// @param limit how many are looked at
    /// @return how many went back
    int redrive(int limit);
}
