package dev.gavel.operations;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The dead letters, each kept for 30 days.
interface DeadLetters {

    Optional<DeadLetter> find(DeadLetterId id);

    /// Writes a letter over the one of the version before, or as the first one when its version is 1.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody else wrote first; nothing is written
    void save(DeadLetter next);

    /// The letters that came last first; the list may lag a moment behind.
    ///
    /// @throws IllegalArgumentException when the cursor is none of ours
    Slice newest(int limit, @Nullable String cursor);

    /// Some of a longer list; the cursor continues it and is absent at its end.
    record Slice(List<DeadLetter> letters, @Nullable String cursor) {}
}
