package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everybody's inbox. A notice is kept for 90 days.
interface Notices {

    /// The newest committed state.
    Optional<Notice> find(UserId user, NoticeId id);

    /// Writes a notice (the first of its cause when `round` is 1), unread, with its deliveries and facts: all or
    /// nothing, only if nobody has written since the one before.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been written
    void add(Notice notice, List<Delivery> deliveries, List<Fact<?>> facts);

    /// Tells the world what `add` has stored. Never fails: what cannot be told now is told later.
    void announce(List<Fact<?>> facts);

    /// Somebody's notices, the newest first; may lag a moment behind.
    ///
    /// @param cursor continues the slice before; null starts from the newest
    /// @throws IllegalArgumentException when the cursor is none
    Slice of(UserId user, int limit, @Nullable String cursor);

    /// How many are unread, counted up to 100; may lag a moment behind.
    int unread(UserId user);

    /// Marks those of these that are this user's as read.
    void read(UserId user, List<NoticeId> ids);

    /// The unread ones up to this time, the oldest first; at most 100, and may lag a moment behind.
    List<NoticeId> unread(UserId user, Instant upTo);

    record Entry(Notice notice, boolean read) {}

    /// The cursor continues it and is absent at its end.
    record Slice(List<Entry> entries, @Nullable String cursor) {}
}
