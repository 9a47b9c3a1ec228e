package dev.gavel.payments;

import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.events.OrderEvent.Reason;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;

/// The words the tests of this context are written in.
final class Till {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MovableClock CLOCK = MovableClock.at(NOON);
    private static final Ids IDS = new Ids(CLOCK, new Random(7));

    static final UserId SELLER = UserId.next(IDS);
    static final UserId BUYER = UserId.next(IDS);
    static final UserId STRANGER = UserId.next(IDS);
    static final Money PRICE = Money.krw(52_001);
    static final Terms TERMS = new Terms(BUYER, SELLER, PRICE, NOON.plus(Duration.ofDays(1)));
    static final PaymentKey KEY = new PaymentKey("tgen_key_1");

    private Till() {}

    static synchronized OrderId nextOrder() {
        CLOCK.advance(Duration.ofMillis(1));
        return OrderId.of(AuctionId.next(IDS), 1);
    }

    static AuctionId auction(OrderId order) {
        return new AuctionId("auc_" + order.value().substring(4));
    }

    static OrderPlaced placed(OrderId order, Instant payBy) {
        return new OrderPlaced(order, auction(order), null, SELLER, BUYER, PRICE, 1, NOON, payBy);
    }

    static OrderCancelled cancelled(OrderId order) {
        return new OrderCancelled(order, auction(order), SELLER, BUYER, Reason.UNPAID, NOON);
    }

    static OrderDecided decided(OrderId order, long toSeller, long toBuyer) {
        return new OrderDecided(
                order, SELLER, BUYER, Cause.DISPUTE_RESOLVED, Money.krw(toSeller), Money.krw(toBuyer), NOON);
    }

    static <E extends OrderEvent> Fact<E> fact(long sequence, E event) {
        return new Fact<>("/functions/test", sequence, NOON, event);
    }

    static <C> Call<C> call(UserId user, C command, Instant at) {
        return new Call<>(command, new Caller.User(user, Set.of()), at, "key");
    }

    static <E extends MarketEvent> Call<Fact<E>> told(Fact<E> fact, Instant at) {
        return new Call<>(fact, new Caller.Platform(fact.source()), at, fact.id());
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
