package dev.gavel.auctions;

import dev.gavel.auctions.BiddingRules.Decision;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words the tests of this context are written in.
final class Auctioneer {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Ids IDS = new Ids(Clock.fixed(NOON, ZoneOffset.UTC), new Random(1));

    static final UserId SELLER = UserId.next(IDS);
    static final UserId ANNA = UserId.next(IDS);
    static final UserId BORA = UserId.next(IDS);
    static final UserId CHUL = UserId.next(IDS);

    private Auctioneer() {}

    static AuctionId someId() {
        return AuctionId.next(IDS);
    }

    static ProductId someProduct() {
        return ProductId.next(IDS);
    }

    static Rules rules(String preset) {
        return Presets.published().find(preset).orElseThrow();
    }

    static Money won(long amount) {
        return Money.krw(amount);
    }

    /// An auction from noon to one o'clock that starts at 1,000 won, by the given preset.
    static Auction auction(String preset) {
        return auction(preset, null, null);
    }

    static Auction auction(String preset, @Nullable Money reserve, @Nullable Money buyNow) {
        return auction(preset, reserve, buyNow, NOON, null);
    }

    /// An auction of a product in a category, created then and open until one o'clock.
    static Auction auction(ProductId product, String category, Instant createdAt) {
        return auction(
                "standard", null, null, createdAt, new Terms.Item(product, category, List.of("demo/camera-1.svg")));
    }

    private static Auction auction(
            String preset,
            @Nullable Money reserve,
            @Nullable Money buyNow,
            Instant createdAt,
            Terms.@Nullable Item item) {
        return Auction.of(
                new Terms(
                        someId(),
                        SELLER,
                        "카메라",
                        "",
                        rules(preset),
                        won(1_000),
                        reserve,
                        buyNow,
                        createdAt,
                        NOON,
                        NOON.plus(Duration.ofHours(1)),
                        item),
                NOON);
    }

    static Bid bid(UserId bidder, long amount) {
        return bid(bidder, amount, NOON.plusSeconds(60));
    }

    static Bid bid(UserId bidder, long amount, Instant at) {
        return new Bid(bidder + "/" + amount + "/" + at, bidder, won(amount), false, at);
    }

    static Bid buyNow(UserId bidder, long amount) {
        return new Bid(bidder + "/now", bidder, won(amount), true, NOON.plusSeconds(60));
    }

    /// Who leads, where somebody must.
    static Auction.Lead lead(Auction auction) {
        return Objects.requireNonNull(auction.lead());
    }

    /// How it ended, where it must have.
    static Auction.End end(Auction auction) {
        return Objects.requireNonNull(auction.end());
    }

    /// The state after bids that must all be accepted.
    static Auction after(Auction auction, Bid... bids) {
        Auction state = auction;
        for (Bid bid : bids) {
            state = switch (BiddingRules.decide(state, bid)) {
                case Decision.Taken(Auction next, var _) -> next;
                case Decision.Refused(BidRejected reason) ->
                    throw new AssertionError(bid + " was refused: " + reason.detail());
            };
        }
        return state;
    }

    static <C> Call<C> call(UserId user, C command, Instant at, String key) {
        return new Call<>(command, new Caller.User(user, Set.of()), at, key);
    }
}
