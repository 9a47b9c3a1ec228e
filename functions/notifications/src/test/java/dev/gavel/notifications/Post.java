package dev.gavel.notifications;

import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderCompleted;
import dev.gavel.events.OrderEvent.OrderDelivered;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderPaid;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.events.OrderEvent.Reason;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words the tests of this context are written in.
final class Post {

    /// 21:00 in Seoul.
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final MovableClock CLOCK = MovableClock.at(NOON);
    private static final Ids IDS = new Ids(CLOCK, new Random(7));

    static final UserId SELLER = UserId.next(IDS);
    static final UserId BUYER = UserId.next(IDS);
    static final UserId RIVAL = UserId.next(IDS);
    static final UserId THIRD = UserId.next(IDS);
    static final AuctionId AUCTION = AuctionId.next(IDS);
    static final OrderId ORDER = OrderId.of(AUCTION, 1);
    static final PaymentId PAYMENT = PaymentId.of(ORDER);
    static final Money PRICE = Money.krw(52_000);
    static final String TITLE = "맥북 프로 14인치";
    static final PhoneNumber PHONE = new PhoneNumber("010-1234-5678");

    private Post() {}

    static synchronized UserId somebody() {
        CLOCK.advance(Duration.ofMillis(1));
        return UserId.next(IDS);
    }

    static <E extends MarketEvent> Fact<E> fact(long sequence, Instant time, E event) {
        return new Fact<>("/functions/test", sequence, time, event);
    }

    static AuctionOpened opened() {
        return new AuctionOpened(AUCTION, SELLER, TITLE, Money.krw(1_000), NOON, NOON.plusSeconds(600));
    }

    /// Each bids and leads after the one before.
    static BidsAccepted bids(@Nullable UserId before, UserId... bidders) {
        List<AcceptedBid> bids = Arrays.stream(bidders)
                .map(bidder -> new AcceptedBid(1, bidder, PRICE, bidder, NOON))
                .toList();
        return new BidsAccepted(
                AUCTION, bids, PRICE, bids.getLast().leaderId(), before, null, true, 9, NOON.plusSeconds(600));
    }

    static AuctionClosed closed(Result result) {
        boolean sold = result == Result.SOLD;
        return new AuctionClosed(AUCTION, SELLER, result, sold ? BUYER : null, sold ? PRICE : null, 9, NOON);
    }

    static AuctionClosed sold() {
        return closed(Result.SOLD);
    }

    static OrderPlaced placed() {
        return new OrderPlaced(ORDER, AUCTION, null, SELLER, BUYER, PRICE, 1, NOON, NOON.plusSeconds(86_400));
    }

    static OrderPaid paid() {
        return new OrderPaid(ORDER, SELLER, BUYER, PRICE, NOON, NOON.plus(Duration.ofDays(3)));
    }

    /// One fact of every sort somebody is told of.
    static List<MarketEvent> everything() {
        return List.of(
                bids(RIVAL, BUYER),
                sold(),
                new OfferMade(OrderId.of(AUCTION, 2), AUCTION, null, SELLER, RIVAL, PRICE, 2, NOON),
                paid(),
                new OrderShipped(ORDER, SELLER, BUYER, "CJ대한통운", "1234567890", NOON),
                new OrderDelivered(ORDER, SELLER, BUYER, NOON, NOON.plus(Duration.ofDays(3))),
                new OrderDisputed(ORDER, SELLER, BUYER, "broken <b>", NOON),
                new OrderCancelled(ORDER, AUCTION, SELLER, BUYER, Reason.UNPAID, NOON),
                new OrderCompleted(ORDER, SELLER, BUYER, Money.krw(50_000), Money.krw(2_000), NOON),
                new PaymentDeclined(PAYMENT, ORDER, BUYER, "REJECT_CARD_COMPANY", NOON),
                new PaidOut(PAYMENT, ORDER, SELLER, Money.krw(48_500), NOON));
    }

    static Notice notice(UserId user, Content content, Instant at) {
        return new Notice(
                new Occasion(user, content.kind().label() + "/" + content.about(), content).noticeId(),
                user,
                1,
                content,
                TITLE,
                at);
    }

    static List<Fact<?>> created(Notice notice) {
        return List.of(Fact.of(
                SendNotification.class,
                notice.round(),
                notice.at(),
                new NoticeCreated(
                        notice.noticeId(), notice.userId(), notice.kind().label(), null, "/", notice.at())));
    }

    static PushSubscription browser(URI endpoint) {
        String auth = "BTBZMqHH6r4Tts7J_aSIgg";
        return new PushSubscription(
                endpoint, new PushSubscription.Keys(PushKey.generate().text(), auth));
    }

    /// Somebody every channel leads to.
    static Reader reachable(UserId user, URI pushEndpoint) {
        Reader reader = Reader.unknown(user)
                .contact(user.value().toLowerCase(Locale.ROOT) + "@example.com", "ko", NOON)
                .confirmed(PhoneCheck.of(PHONE, "123456", NOON, "asked").confirmed("confirmed"))
                .subscribed(browser(pushEndpoint));
        return at(reader, 1);
    }

    /// The same state as if it had been written so many times.
    static Reader at(Reader reader, long writes) {
        return new Reader(
                reader.userId(),
                writes,
                reader.email(),
                reader.contactAt(),
                reader.preferences(),
                reader.phone(),
                reader.check(),
                reader.codes(),
                reader.subscriptions());
    }

    static <C> Call<C> call(UserId user, C command, Instant at) {
        return new Call<>(command, new Caller.User(user, Set.of()), at, "key");
    }

    @SuppressWarnings("unchecked")
    static Call<Fact<MarketEvent>> told(Fact<? extends MarketEvent> fact, Instant at) {
        return new Call<>((Fact<MarketEvent>) fact, new Caller.Platform(fact.source()), at, fact.id());
    }

    static Call<Tick> tick(Instant at) {
        return new Call<>(new Tick(), new Caller.Platform("ping"), at, "tick");
    }

    static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection reason) -> throw new AssertionError(reason.detail());
        };
    }

    static Rejection refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?> accepted -> throw new AssertionError("accepted: " + accepted.value());
            case Outcome.Rejected<?> rejected -> rejected.reason();
        };
    }
}
