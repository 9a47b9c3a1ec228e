package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.auction;
import static dev.gavel.auctions.Auctioneer.bid;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Measures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BidLanesTest {

    private final InMemoryAuctions store = new InMemoryAuctions();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Runnable beforeWrite = () -> {};
    private volatile Runnable afterWrite = () -> {};

    private final Auctions auctions = new ForwardingAuctions(store) {
        @Override
        public void save(Auction next, List<LedgerEntry> accepted, List<Fact<?>> facts) {
            beforeWrite.run();
            super.save(next, accepted, facts);
            writes.incrementAndGet();
            afterWrite.run();
        }
    };

    private final BidLanes lanes = new BidLanes(
            auctions, new BidLanes.Limits(100, 50, Duration.ofSeconds(20), 10_000), new BidNumbers(new Measures()));

    @Test
    void bidsInFlightTogetherCostOneWrite() throws Exception {
        AuctionId id = opened();
        CountDownLatch firstIsWriting = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        beforeWrite = () -> {
            firstIsWriting.countDown();
            await(othersWait);
        };
        List<Future<Outcome<LedgerEntry>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers.add(threads.submit(() -> lanes.place(id, bid(ANNA, 5_000))));
            await(firstIsWriting);
            CountDownLatch sent = new CountDownLatch(40);
            for (int i = 0; i < 40; i++) {
                long amount = 10_000 + i * 1_000L;
                answers.add(threads.submit(() -> {
                    sent.countDown();
                    return lanes.place(id, bid(amount % 2_000 == 0 ? ANNA : BORA, amount));
                }));
            }
            await(sent);
            Awaitility.await().until(() -> waiting(answers) == 41);
            othersWait.countDown();
        }
        assertThat(writes.get()).isLessThan(12);
        long accepted = 0;
        for (Future<Outcome<LedgerEntry>> answer : answers) {
            accepted += answer.get() instanceof Outcome.Accepted ? 1 : 0;
        }
        assertThat(store.find(id).orElseThrow().bidCount()).isEqualTo(accepted);
        assertThat(store.accepted(id, 0, 100))
                .extracting(LedgerEntry::number)
                .isSorted()
                .hasSize((int) accepted);
        assertThat(store.announced()).isEqualTo(store.stored());
    }

    @Test
    void aRepeatedBidGetsItsFirstAnswerAlsoFromAnotherProcess() {
        AuctionId id = opened();
        Bid first = bid(ANNA, 5_000);
        Outcome<LedgerEntry> answer = lanes.place(id, first);
        lanes.place(id, bid(BORA, 90_000));
        assertThat(lanes.place(id, first)).isEqualTo(answer);
        assertThat(new BidLanes(store, BidLanes.Limits.DEFAULT, new BidNumbers(new Measures())).place(id, first))
                .isEqualTo(answer);
        assertThat(store.find(id).orElseThrow().bidCount()).isEqualTo(2);
    }

    @Test
    void aKeyCannotBeUsedForAnotherBid() {
        AuctionId id = opened();
        Bid first = bid(ANNA, 5_000);
        lanes.place(id, first);
        Bid other = new Bid(first.key(), ANNA, won(6_000), false, first.receivedAt());
        assertThat(lanes.place(id, other)).isEqualTo(Outcome.rejected(new BidRejected.KeyReused()));
    }

    @Test
    void aBidDecidedOnAnOldStateIsDecidedAgain() {
        AuctionId id = opened();
        lanes.place(id, bid(ANNA, 5_000));
        // Another process takes the lead behind the back of this one.
        new BidLanes(store, BidLanes.Limits.DEFAULT, new BidNumbers(new Measures())).place(id, bid(BORA, 50_000));
        assertThat(lanes.place(id, bid(ANNA, 5_150)))
                .isEqualTo(Outcome.rejected(new BidRejected.TooLow(won(5_200))))
                .satisfies(
                        _ -> assertThat(store.find(id).orElseThrow().bidCount()).isEqualTo(2));
    }

    @Test
    void aRefusalIsTrueOfTheNewestState() {
        AuctionId id = opened();
        Bid late = bid(ANNA, 9_000, NOON.plus(Duration.ofMinutes(61)));
        lanes.place(id, bid(ANNA, 5_000));
        // Another process extends the end; this one still remembers the old one.
        new BidLanes(store, BidLanes.Limits.DEFAULT, new BidNumbers(new Measures()))
                .place(id, bid(BORA, 7_000, NOON.plus(Duration.ofMinutes(59))));
        assertThat(lanes.place(id, late)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aWriteOfUnknownFateIsFoundByTheRepetition() {
        AuctionId id = opened();
        AtomicReference<Runnable> trouble = new AtomicReference<>(() -> {
            throw new Unavailable("the answer of the store was lost");
        });
        afterWrite = () -> trouble.getAndSet(() -> {}).run();
        Bid bid = bid(ANNA, 5_000);
        assertThatThrownBy(() -> lanes.place(id, bid)).isInstanceOf(Unavailable.class);
        assertThat(lanes.place(id, bid)).isInstanceOf(Outcome.Accepted.class);
        assertThat(store.find(id).orElseThrow().bidCount()).isOne();
    }

    @Test
    void moreBidsThanCanWaitAreTurnedAwayAtOnce() throws Exception {
        AuctionId id = opened();
        CountDownLatch release = new CountDownLatch(1);
        beforeWrite = () -> await(release);
        BidLanes narrow = new BidLanes(
                auctions, new BidLanes.Limits(3, 1, Duration.ofSeconds(20), 10_000), new BidNumbers(new Measures()));
        List<Future<Outcome<LedgerEntry>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                long amount = 5_000 + i * 1_000L;
                answers.add(threads.submit(() -> narrow.place(id, bid(ANNA, amount))));
            }
            Awaitility.await().until(() -> waiting(answers) <= 4);
            release.countDown();
        }
        assertThat(answers).anySatisfy(answer -> assertThatThrownBy(answer::get).hasCauseInstanceOf(Unavailable.class));
        assertThat(answers).anySatisfy(answer -> assertThat(answer.get()).isInstanceOf(Outcome.Accepted.class));
    }

    @Test
    void anUnknownAuctionIsARefusal() {
        assertThat(lanes.place(Auctioneer.someId(), bid(ANNA, 5_000)))
                .isEqualTo(Outcome.rejected(new BidRejected.AuctionUnknown()));
    }

    @Test
    void theFactsTellEveryAcceptedBidOnceAndInOrder() {
        AuctionId id = opened();
        for (int i = 0; i < 10; i++) {
            lanes.place(id, bid(i % 2 == 0 ? ANNA : BORA, 5_000 + i * 1_000L));
        }
        List<Long> numbers = store.announced().stream()
                .map(Fact::data)
                .filter(BidsAccepted.class::isInstance)
                .flatMap(fact -> ((BidsAccepted) fact).bids().stream())
                .map(accepted -> accepted.number())
                .toList();
        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(store.announced()).extracting(Fact::sequence).isSorted().doesNotHaveDuplicates();
    }

    private AuctionId opened() {
        Auction first = auction("standard").next(1);
        store.add(first, "opening", List.of());
        return first.id();
    }

    private static long waiting(List<Future<Outcome<LedgerEntry>>> answers) {
        return answers.stream().filter(answer -> !answer.isDone()).count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
