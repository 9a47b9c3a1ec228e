package dev.gavel.media;

import dev.gavel.events.Fact;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.util.List;
import java.util.Optional;

/// What is known of all uploads. Those that never came are forgotten after a week.
interface Pictures {

    /// Writes the next state of a picture (its first one when `writes` is 1) and its facts: all or
    /// nothing, and only if nobody has written since the state it was decided on.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been
    /// written
    void save(Picture next, List<Fact<?>> facts);

    /// Tells the world what `save` has stored. Never fails: what cannot be told now is told later.
    void announce(List<Fact<?>> facts);

    /// The newest committed state.
    Optional<Picture> find(PictureId id);

    /// How many uploads of somebody are expected, counted up to the limit. May lag a moment behind.
    int expected(UserId owner, int limit);

    /// Whether somebody has another picture, not deleted, that is shown from the same key. May lag a
    /// moment behind.
    boolean isShownElsewhere(Picture picture);
}
