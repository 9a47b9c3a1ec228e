package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.CHUL;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static dev.gavel.auctions.Auctioneer.call;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionDelta;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Measures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayAuctionTest {

    private final InMemoryAuctions auctions = new InMemoryAuctions();
    private final ReplayAuction replayAuction = new ReplayAuction(auctions);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 500})
    void whateverHappenedIsToldAgainAsItWasPublished(int limit) {
        for (int seed = 0; seed < 100; seed++) {
            AuctionId id = someHistory(new Random(seed));
            List<AuctionDelta> published = auctions.stored().stream()
                    .filter(fact -> fact.subject().equals(id.value()))
                    .map(ReplayAuctionTest::delta)
                    .toList();
            for (long after = 0; after <= published.size(); after++) {
                assertThat(told(id, after, limit))
                        .as("seed %d, after %d", seed, after)
                        .isEqualTo(published.subList((int) after, published.size()));
            }
        }
    }

    @Test
    void nothingSecretIsTold() {
        StringBuilder text = new StringBuilder();
        for (int seed = 0; seed < 20; seed++) {
            text.append(Json.MAPPER.writeValueAsString(page(someHistory(new Random(seed)), 0, 500, null)));
        }
        assertThat(text).contains("\"type\":\"bids\"", "\"winner\":").doesNotContain("usr_");
    }

    @Test
    void anUnknownAuctionAndAWrongLimitAreRefused() {
        assertThat(replayAuction.apply(query(Auctioneer.someId(), 0, 100, null)))
                .isEqualTo(Outcome.rejected(new AuctionRejected.Unknown()));
        assertThat(replayAuction.apply(query(Auctioneer.someId(), 0, 501, null)))
                .isEqualTo(Outcome.rejected(new AuctionRejected.QueryInvalid("limit", "ask for 1 to 500")));
    }

    /// Oldest first, page by page.
    private List<AuctionDelta> told(AuctionId id, long after, int limit) {
        List<AuctionDelta> deltas = new ArrayList<>();
        @Nullable Long cursor = null;
        do {
            ReplayAuction.Replay replay = page(id, after, limit, cursor);
            deltas.addAll(replay.deltas());
            cursor = replay.cursor();
        } while (cursor != null);
        return deltas.reversed();
    }

    private ReplayAuction.Replay page(AuctionId id, long after, int limit, @Nullable Long cursor) {
        return accepted(replayAuction.apply(query(id, after, limit, cursor)));
    }

    private static Call<ReplayAuction.Query> query(AuctionId id, long after, int limit, @Nullable Long cursor) {
        return new Call<>(new ReplayAuction.Query(id, after, limit, cursor), Caller.ANONYMOUS, NOON, "");
    }

    /// An auction that is scheduled or not, opened by its tick or by a bid, bid on in batches, extended, bought,
    /// closed,
    /// cancelled or still open.
    private AuctionId someHistory(Random random) {
        OpenAuction open = new OpenAuction(
                auctions,
                new InMemoryOffers(),
                Presets.published(),
                Ids.secure(Clock.systemUTC()),
                new OpenAuction.Limits(Duration.ofMinutes(1), Duration.ofDays(30)));
        Instant start = random.nextBoolean() ? NOON : NOON.plusSeconds(600);
        AuctionView view = accepted(open.apply(call(
                SELLER,
                new OpenAuction.Command(
                        "카메라", null, null, won(1_000), null, won(90_000), start, Duration.ofHours(1), null),
                NOON,
                "open " + random.nextLong())));
        AuctionId id = view.auctionId();
        Instant now = start;
        if (random.nextBoolean()) {
            new StartAuction(auctions).apply(tick(now));
        }
        int batches = random.nextInt(6);
        for (int i = 0; i < batches; i++) {
            now = now.plusSeconds(random.nextInt(1_200));
            List<Bid> bids = new ArrayList<>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                UserId bidder = List.of(ANNA, BORA, CHUL).get(random.nextInt(3));
                bids.add(
                        random.nextInt(12) == 0
                                ? new Bid("now" + random.nextLong(), bidder, won(90_000), true, now)
                                : new Bid(
                                        "bid" + random.nextLong(),
                                        bidder,
                                        won(1_000 + random.nextInt(80) * 500L),
                                        false,
                                        now));
            }
            Ledger.Batch batch = new Ledger(auctions.find(id).orElseThrow()).decide(bids);
            if (!batch.accepted().isEmpty()) {
                auctions.save(batch.next(), batch.accepted(), batch.facts());
            }
        }
        switch (random.nextInt(3)) {
            case 0 -> new CloseAuction(auctions, new Measures()).apply(tick(NOON.plus(Duration.ofDays(1))));
            case 1 ->
                new CancelAuction(auctions)
                        .apply(call(SELLER, new CancelAuction.Command(id, "sold elsewhere"), now, "cancel"));
            default -> {}
        }
        return id;
    }

    private static Call<Tick> tick(Instant at) {
        return new Call<>(new Tick(), new Caller.Platform("tick"), at, "t");
    }

    @SuppressWarnings("unchecked")
    private static AuctionDelta delta(Fact<?> fact) {
        return AuctionDelta.of((Fact<? extends AuctionEvent>) fact);
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(var reason) -> throw new AssertionError(reason);
        };
    }
}
