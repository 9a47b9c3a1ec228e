package dev.gavel.catalog;

import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The words the tests of this context are written in.
final class Shop {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final MovableClock CLOCK = MovableClock.at(NOON);
    static final Ids IDS = new Ids(CLOCK, new Random(1));

    static final UserId SELLER = UserId.next(IDS);
    static final UserId ANNA = UserId.next(IDS);

    static final DescriptionRules RULES = new DescriptionRules(Categories.published(), ProhibitedGoods.published());
    static final Description CAMERA = new Description(
            "필름 카메라", "작은 흠 하나", "digital.camera", Condition.GOOD, List.of("demo/camera-1.svg", "demo/camera-2.svg"));

    private Shop() {}

    /// An auction created after those before.
    static synchronized AuctionId nextAuction() {
        CLOCK.advance(Duration.ofMillis(1));
        return AuctionId.next(IDS);
    }

    static synchronized ProductId someId() {
        return ProductId.next(IDS);
    }

    /// A camera that the seller has just listed.
    static Product camera() {
        return Product.listed(someId(), SELLER, CAMERA, NOON);
    }

    static <C> Call<C> call(UserId user, C command, Instant at, String key) {
        return new Call<>(command, new Caller.User(user, Set.of()), at, key);
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
