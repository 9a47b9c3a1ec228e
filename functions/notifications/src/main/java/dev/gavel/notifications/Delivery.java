package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.Fact;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A notice on its way by one channel.
///
/// @param writes counts the states it was in, from 1
/// @param dueAt when it may be queued
/// @param reason why it failed or was skipped
@JsonInclude(JsonInclude.Include.NON_NULL)
record Delivery(
        NoticeId noticeId,
        Channel channel,
        UserId userId,
        long writes,
        Status status,
        Instant dueAt,
        @Nullable String reason) {

    enum Status {
        /// To be queued when it is due.
        WAITING,
        QUEUED,
        SENT,
        /// The provider refused for good.
        FAILED,
        /// Nobody would be glad of it any more.
        SKIPPED
    }

    static Delivery first(Notice notice, Channel channel, Instant dueAt) {
        return new Delivery(notice.noticeId(), channel, notice.userId(), 1, Status.WAITING, dueAt, null);
    }

    boolean open() {
        return status == Status.WAITING || status == Status.QUEUED;
    }

    Delivery again(Instant due) {
        return new Delivery(noticeId, channel, userId, writes + 1, Status.WAITING, due, null);
    }

    Delivery ended(Status end, @Nullable String why) {
        return new Delivery(noticeId, channel, userId, writes + 1, end, dueAt, why);
    }

    Delivery queued() {
        return new Delivery(noticeId, channel, userId, writes + 1, Status.QUEUED, dueAt, null);
    }

    /// What goes on the queue: the same while the state is the same, whoever puts it there.
    Fact<NoticeQueued> message() {
        return Fact.of(SendNotification.class, writes, dueAt, new NoticeQueued(noticeId, userId, channel, dueAt));
    }
}
