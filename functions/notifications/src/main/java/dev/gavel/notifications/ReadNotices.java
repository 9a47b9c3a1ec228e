package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Marks the caller's notices as read: those named, or those up to a time, of which 100 at once; the answer
/// counts what was asked for. Those of others are as if they were not there. Refusals:
/// {@link NotificationRejected} `Invalid`.
public final class ReadNotices implements UseCase<ReadNotices.Command, Done> {

    private static final int MOST = 100;

    /// @param noticeIds up to 100
    /// @param upTo the time of the newest notice that was seen
    record Command(
            @Nullable List<NoticeId> noticeIds, @Nullable Instant upTo) {}

    private final Notices notices;

    ReadNotices(Notices notices) {
        this.notices = notices;
    }

    @Override
    public Outcome<Done> apply(Call<Command> call) {
        List<NoticeId> ids = call.command().noticeIds();
        Instant upTo = call.command().upTo();
        if ((ids == null) == (upTo == null)) {
            return Outcome.rejected(new NotificationRejected.Invalid("noticeIds", "send either noticeIds or upTo"));
        }
        if (ids != null && ids.size() > MOST) {
            return Outcome.rejected(new NotificationRejected.Invalid("noticeIds", "send at most " + MOST));
        }
        List<NoticeId> seen = ids == null ? notices.unread(call.user(), Objects.requireNonNull(upTo)) : ids;
        notices.read(call.user(), seen);
        return Outcome.accepted(new Done(seen.size()));
    }
}
