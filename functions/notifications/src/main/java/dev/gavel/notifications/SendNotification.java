package dev.gavel.notifications;

import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Each;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a fact into notices: one for everybody it concerns, in the inbox and queued for every channel they
/// want. The same cause stores and sends nothing a second time, whatever the fact's id. Remembers what
/// auctions are called on the way.
public final class SendNotification implements UseCase<Fact<MarketEvent>, Done> {

    private static final int AT_ONCE = 8;

    private final Notices notices;
    private final Deliveries deliveries;
    private final Readers readers;
    private final Titles titles;
    private final Dispatch dispatch;

    SendNotification(Notices notices, Deliveries deliveries, Readers readers, Titles titles, Dispatch dispatch) {
        this.notices = notices;
        this.deliveries = deliveries;
        this.readers = readers;
        this.titles = titles;
        this.dispatch = dispatch;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<MarketEvent>> call) {
        Fact<MarketEvent> fact = call.command();
        remember(fact.data());
        int told = Each.of(Occasion.of(fact), AT_ONCE, occasion -> tell(occasion, fact.time(), call.receivedAt()));
        return Outcome.accepted(new Done(told));
    }

    private void remember(MarketEvent event) {
        switch (event) {
            case AuctionScheduled it -> titles.remember(it.auctionId(), it.title());
            case AuctionOpened it -> titles.remember(it.auctionId(), it.title());
            case OrderPlaced it -> titles.remember(it.orderId(), it.auctionId());
            default -> {}
        }
    }

    private boolean tell(Occasion occasion, Instant at, Instant now) {
        Notice known = notices.find(occasion.userId(), occasion.noticeId()).orElse(null);
        if (known != null && !known.givesWayTo(at)) {
            return false;
        }
        Notice notice = new Notice(
                occasion.noticeId(),
                occasion.userId(),
                known == null ? 1 : known.round() + 1,
                occasion.content(),
                titles.of(occasion.content().about()).orElse(null),
                at);
        List<Delivery> ways = ways(notice, known, now);
        List<Fact<?>> facts = List.of(created(notice));
        notices.add(notice, ways, facts);
        notices.announce(facts);
        dispatch.attempt(ways, now);
        return true;
    }

    private List<Delivery> ways(Notice notice, @Nullable Notice known, Instant now) {
        Reader reader = readers.find(notice.userId());
        List<Delivery> ways = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (reader.reachedBy(channel, notice.kind())) {
                Instant due = reader.preferences().quietUntil(channel, now).orElse(now);
                Delivery first = Delivery.first(notice, channel, due);
                ways.add(
                        known == null
                                ? first
                                : deliveries
                                        .find(notice.noticeId(), channel)
                                        .map(last -> last.again(due))
                                        .orElse(first));
            }
        }
        return ways;
    }

    private static Fact<NoticeCreated> created(Notice notice) {
        Content content = notice.content();
        return Fact.of(
                SendNotification.class,
                notice.round(),
                notice.at(),
                new NoticeCreated(
                        notice.noticeId(),
                        notice.userId(),
                        notice.kind().label(),
                        content.about(),
                        content.link(),
                        notice.at()));
    }
}
