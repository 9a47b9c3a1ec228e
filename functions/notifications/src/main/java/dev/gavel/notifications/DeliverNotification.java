package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.notifications.Delivery.Status;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Sends one notice by one channel. What was sent already is left alone; what nobody would be glad of any more is
/// skipped; what comes in quiet hours waits for their end. A provider in trouble, or an address that is not
/// known yet, is `Unavailable`, and the queue brings it again.
public final class DeliverNotification implements UseCase<Fact<NoticeQueued>, Done> {

    private static final System.Logger LOG = System.getLogger(DeliverNotification.class.getName());
    private static final int ATTEMPTS = 5;

    private final Notices notices;
    private final Deliveries deliveries;
    private final Readers readers;
    private final Carriers carriers;

    DeliverNotification(Notices notices, Deliveries deliveries, Readers readers, Carriers carriers) {
        this.notices = notices;
        this.deliveries = deliveries;
        this.readers = readers;
        this.carriers = carriers;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<NoticeQueued>> call) {
        NoticeQueued queued = call.command().data();
        NoticeId id = queued.noticeId();
        Channel channel = queued.channel();
        Optional<Delivery> found = deliveries.find(id, channel).filter(Delivery::open);
        Optional<Notice> notice = notices.find(queued.userId(), id);
        // Both are removed in the end, a message may be older.
        if (found.isEmpty() || notice.isEmpty()) {
            return Outcome.accepted(Done.NOTHING);
        }
        advance(found.get(), step(notice.get(), channel, call.receivedAt()));
        return Outcome.accepted(Done.ONCE);
    }

    private UnaryOperator<Delivery> step(Notice notice, Channel channel, Instant now) {
        Reader reader = readers.find(notice.userId());
        if (notice.useless(now)) {
            return one -> one.ended(Status.SKIPPED, "TOO_LATE");
        }
        if (!reader.reachedBy(channel, notice.kind())) {
            return one -> one.ended(Status.SKIPPED, "NOT_WANTED");
        }
        Optional<Instant> quiet = reader.preferences().quietUntil(channel, now);
        if (quiet.isPresent()) {
            return one -> one.again(quiet.get());
        }
        return switch (carriers.send(notice, channel, reader)) {
            case Sending.Sent _ -> one -> one.ended(Status.SENT, null);
            case Sending.Gone _ -> failed(notice, channel, "GONE");
            case Sending.Refused(String why) -> failed(notice, channel, why);
            case Sending.Unclear(String why) ->
                throw new Unavailable(notice.noticeId() + " cannot be sent by " + channel.label() + " now: " + why);
        };
    }

    private static UnaryOperator<Delivery> failed(Notice notice, Channel channel, String why) {
        LOG.log(Level.WARNING, "{0} was refused by {1} for good: {2}", notice.noticeId(), channel.label(), why);
        return one -> one.ended(Status.FAILED, why);
    }

    /// Somebody may mark it as queued meanwhile. A new round of the notice has another due time and is not ended with
    /// this one.
    private void advance(Delivery now, UnaryOperator<Delivery> step) {
        Delivery current = now;
        for (int attempt = 1; current.open() && current.dueAt().equals(now.dueAt()); attempt++) {
            try {
                deliveries.save(step.apply(current));
                return;
            } catch (StaleWrite stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
                current = deliveries.find(now.noticeId(), now.channel()).orElseThrow();
            }
        }
    }
}
