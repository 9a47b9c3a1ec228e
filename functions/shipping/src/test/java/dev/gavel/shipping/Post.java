package dev.gavel.shipping;

import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;

/// The words the tests of this context are written in.
final class Post {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MovableClock CLOCK = MovableClock.at(NOON);
    private static final Ids IDS = new Ids(CLOCK, new Random(3));

    static final UserId SELLER = UserId.next(IDS);
    static final UserId BUYER = UserId.next(IDS);
    static final UserId STRANGER = UserId.next(IDS);
    static final Waybill WAYBILL = new Waybill("cj-logistics", "640012345678");

    private Post() {}

    static synchronized OrderId nextOrder() {
        CLOCK.advance(Duration.ofMillis(1));
        return OrderId.of(AuctionId.next(IDS), 1);
    }

    /// A number nobody else has.
    static Waybill waybill(OrderId order) {
        return new Waybill("epost", "N" + order.value().substring(4));
    }

    static Parcel parcel() {
        return parcel(NOON);
    }

    static Parcel parcel(Instant sentAt) {
        return Parcel.sent(nextOrder(), Direction.OUTBOUND, SELLER, BUYER, WAYBILL, sentAt, sentAt);
    }

    static OrderShipped shipped(OrderId order, Waybill waybill) {
        return new OrderShipped(order, SELLER, BUYER, waybill.carrier(), waybill.trackingNumber(), NOON);
    }

    static OrderDisputed disputed(OrderId order) {
        return new OrderDisputed(order, SELLER, BUYER, "broken", NOON);
    }

    static OrderDecided decided(OrderId order) {
        return new OrderDecided(order, SELLER, BUYER, Cause.DISPUTE_RESOLVED, Money.krw(1_000), Money.krw(1_000), NOON);
    }

    static Passed passed(Stage stage, Instant at) {
        return new Passed(stage, at, null);
    }

    static Passed passed(Stage stage, int hour) {
        return passed(stage, NOON.plus(Duration.ofHours(hour)));
    }

    static Instant hour(int hour) {
        return NOON.plus(Duration.ofHours(hour));
    }

    static <C> Call<C> call(UserId user, C command) {
        return new Call<>(command, new Caller.User(user, Set.of()), NOON, "key");
    }

    static <E extends MarketEvent> Call<Fact<E>> told(E event) {
        Fact<E> fact = new Fact<>("/functions/test", 1, NOON, event);
        return new Call<>(fact, new Caller.Platform(fact.source()), NOON, fact.id());
    }

    static Call<Tick> tick(Instant at) {
        return new Call<>(new Tick(), new Caller.Platform("ping"), at, "tick");
    }
}
