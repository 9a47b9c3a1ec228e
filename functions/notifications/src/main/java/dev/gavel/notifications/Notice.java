package dev.gavel.notifications;

import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing somebody is told. The next of the same cause takes its place and is unread again; `round` counts
/// them from 1.
///
/// @param title of the auction, if it was known
/// @param at when it happened
record Notice(
        NoticeId noticeId,
        UserId userId,
        int round,
        Content content,
        @Nullable String title,
        Instant at) {

    Kind kind() {
        return content.kind();
    }

    /// Whether something of the same cause that happened then is to be told anew.
    boolean givesWayTo(Instant then) {
        Duration pause = kind().repeatedAfter();
        return pause != null && !then.isBefore(at.plus(pause));
    }

    boolean useless(Instant now) {
        Duration useful = kind().usefulFor();
        return useful != null && now.isAfter(at.plus(useful));
    }

    /// The same for every attempt to send it, so that a provider or a reader can tell repetitions.
    String identity() {
        return round == 1 ? noticeId.value() : noticeId + "-" + round;
    }
}
