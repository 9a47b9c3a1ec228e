package dev.gavel.orders;

import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.orders.Order.Parcel;
import dev.gavel.orders.Order.Status;
import dev.gavel.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The words the tests of this context are written in.
final class Deal {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MovableClock CLOCK = MovableClock.at(NOON);
    private static final Ids IDS = new Ids(CLOCK, new Random(1));

    static final UserId SELLER = UserId.next(IDS);
    static final UserId ANNA = UserId.next(IDS);
    static final UserId STRANGER = UserId.next(IDS);
    static final Money PRICE = Money.krw(52_000);
    static final Parcel PARCEL = new Parcel("cj-logistics", "640012345678");

    private Deal() {}

    static synchronized AuctionId nextAuction() {
        CLOCK.advance(Duration.ofMillis(1));
        return AuctionId.next(IDS);
    }

    /// An order that Anna is to pay.
    static Order placed() {
        return placed(NOON, NOON.plus(Terms.DEFAULT.toPay()));
    }

    static Order placed(Instant at, Instant payBy) {
        return Order.placed(nextAuction(), null, SELLER, ANNA, PRICE, 1, at, payBy);
    }

    /// An order that has come to a status on the shortest way.
    static Order in(Status status) {
        return after(
                switch (status) {
                    case AWAITING_PAYMENT -> List.of();
                    case PAID -> List.of(new Step.Pay());
                    case SHIPPED -> List.of(new Step.Pay(), new Step.Ship(PARCEL));
                    case DELIVERED -> List.of(new Step.Pay(), new Step.Ship(PARCEL), new Step.Deliver(NOON));
                    case DISPUTED -> List.of(new Step.Pay(), new Step.Ship(PARCEL), new Step.Dispute("broken"));
                    case DECIDED -> List.of(new Step.Pay(), new Step.Ship(PARCEL), new Step.Confirm());
                    case COMPLETED ->
                        List.of(new Step.Pay(), new Step.Ship(PARCEL), new Step.Confirm(), new Step.Settle());
                    case REFUNDED -> List.of(new Step.Pay(), new Step.CancelBySeller(), new Step.Settle());
                    case CANCELLED -> List.of(new Step.Expire());
                });
    }

    /// The change of a step that must be possible.
    static Step.Change change(Step step, Order order) {
        Step.Change change = step.on(order, Terms.DEFAULT, NOON);
        if (change == null) {
            throw new AssertionError(step + " is not possible for " + order);
        }
        return change;
    }

    private static Order after(List<Step> steps) {
        Order order = placed();
        for (Step step : steps) {
            order = change(step, order).next();
        }
        return order;
    }

    static AuctionClosed sold(AuctionId auction) {
        return new AuctionClosed(auction, SELLER, Result.SOLD, ANNA, PRICE, 3, NOON);
    }

    static PaymentHeld held(OrderId order) {
        return new PaymentHeld(PaymentId.of(order), order, ANNA, SELLER, PRICE, NOON);
    }

    static PaymentSettled settled(OrderId order) {
        return new PaymentSettled(
                PaymentId.of(order), order, ANNA, SELLER, Money.krw(50_440), Money.krw(1_560), PRICE.zero(), NOON);
    }

    static ParcelDelivered arrived(OrderId order, Direction direction) {
        return new ParcelDelivered(ParcelId.of(order, direction), order, SELLER, ANNA, direction, NOON);
    }

    static <C> Call<C> call(UserId user, C command) {
        return new Call<>(command, new Caller.User(user, Set.of()), NOON, "request");
    }

    static Call<Tick> tick(Instant at) {
        return new Call<>(new Tick(), new Caller.Platform("tick"), at, "tick " + at);
    }

    static <E extends MarketEvent> Call<Fact<E>> told(E event) {
        Fact<E> fact = new Fact<>("/functions/test", 1, NOON, event);
        return new Call<>(fact, new Caller.Platform(fact.source()), NOON, fact.id());
    }
}
