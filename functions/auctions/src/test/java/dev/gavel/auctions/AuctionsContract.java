package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static dev.gavel.auctions.Auctioneer.auction;
import static dev.gavel.auctions.Auctioneer.bid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.auctions.Auction.Status;
import dev.gavel.auctions.Auctions.Order;
import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every store of auctions promises.
interface AuctionsContract {

    /// An empty store.
    Auctions auctions();

    @Test
    default void anAuctionIsReadBackAsItWasWritten() {
        Auctions auctions = auctions();
        Auction added = added(auctions, auction("standard", Auctioneer.won(5_000), Auctioneer.won(50_000)));
        Auction bidden = saved(auctions, added, bid(ANNA, 7_000), bid(BORA, 8_000));
        assertThat(auctions.find(added.id())).contains(bidden);
        Auction closed = bidden.closed(NOON.plusSeconds(3_600)).next(1);
        auctions.save(closed, List.of(), List.of());
        assertThat(auctions.find(added.id())).contains(closed);
        assertThat(auctions.find(Auctioneer.someId())).isEmpty();
    }

    @Test
    default void theSameAuctionCannotBeAddedTwice() {
        Auctions auctions = auctions();
        Auction added = added(auctions, auction("standard"));
        assertThatThrownBy(() -> auctions.add(added, "another request", List.of()))
                .isInstanceOf(StaleWrite.class);
        assertThat(auctions.openedBy("another request")).isEmpty();
    }

    @Test
    default void aRequestOpensOneAuction() {
        Auctions auctions = auctions();
        Auction first = auction("standard").next(1);
        Auction second = auction("standard").next(1);
        auctions.add(first, "one request", List.of());
        assertThatThrownBy(() -> auctions.add(second, "one request", List.of())).isInstanceOf(StaleWrite.class);
        assertThat(auctions.openedBy("one request")).contains(first.id());
        assertThat(auctions.find(second.id())).isEmpty();
    }

    @Test
    default void aWriteOnAnOldVersionWritesNothing() {
        Auctions auctions = auctions();
        Auction added = added(auctions, auction("standard"));
        Auction first = saved(auctions, added, bid(ANNA, 5_000));
        assertThatThrownBy(() -> saved(auctions, added, bid(BORA, 9_000))).isInstanceOf(StaleWrite.class);
        assertThat(auctions.find(added.id())).contains(first);
        assertThat(auctions.accepted(added.id(), 0, 10)).hasSize(1);
    }

    @Test
    default void ofManyWritesAtOnceExactlyOneWins() throws Exception {
        Auctions auctions = auctions();
        Auction added = added(auctions, auction("standard"));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> races = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                long amount = 5_000 + i;
                races.add(threads.submit(() -> {
                    start.await();
                    try {
                        saved(auctions, added, bid(ANNA, amount));
                        return true;
                    } catch (StaleWrite _) {
                        return false;
                    }
                }));
            }
            start.countDown();
        }
        long won = 0;
        for (Future<Boolean> race : races) {
            won += race.get() ? 1 : 0;
        }
        assertThat(won).isOne();
        assertThat(auctions.accepted(added.id(), 0, 100)).hasSize(1);
    }

    @Test
    default void acceptedBidsAreReadInOrderAndInParts() {
        Auctions auctions = auctions();
        Auction state = added(auctions, auction("standard"));
        for (int page = 0; page < 4; page++) {
            long amount = 5_000 + page * 10_000L;
            state = saved(auctions, state, bid(ANNA, amount), bid(BORA, amount + 5_000));
        }
        assertThat(numbers(auctions.accepted(state.id(), 0, 8))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(numbers(auctions.accepted(state.id(), 4, 6))).containsExactly(5L, 6L);
        assertThat(auctions.accepted(state.id(), 8, 8)).isEmpty();
        assertThat(numbers(auctions.latest(state.id(), 9, 3))).containsExactly(8L, 7L, 6L);
        assertThat(numbers(auctions.latest(state.id(), 6, 3))).containsExactly(5L, 4L, 3L);
        assertThat(auctions.latest(state.id(), 1, 3)).isEmpty();
    }

    @Test
    default void openAuctionsAreListedByTheirEndPageByPage() {
        Auctions auctions = auctions();
        List<AuctionId> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(added(auctions, endingAt(NOON.plusSeconds(100 + i))).id());
        }
        Slice<AuctionId> first = auctions.withStatus(Status.OPEN, 5, null);
        assertThat(first.items()).isEqualTo(expected.subList(0, 5));
        Slice<AuctionId> second = auctions.withStatus(Status.OPEN, 5, first.cursor());
        assertThat(second.items()).isEqualTo(expected.subList(5, 7));
        assertThat(second.cursor()).isNull();
        assertThat(auctions.findAll(expected)).extracting(Auction::id).isEqualTo(expected);
    }

    @Test
    default void aSellersAuctionsAreListedNewestFirst() {
        Auctions auctions = auctions();
        AuctionId first = added(auctions, auction("standard")).id();
        assertThat(auctions.ofSeller(SELLER, 10, null).items()).containsExactly(first);
        assertThat(auctions.ofSeller(ANNA, 10, null).items()).isEmpty();
    }

    @Test
    default void aProductIsSoldByOneAuctionAtATime() {
        Auctions auctions = auctions();
        ProductId product = Auctioneer.someProduct();
        Auction first = added(auctions, auction(product, "digital.camera", NOON));
        Auction second = auction(product, "digital.camera", NOON).next(1);
        assertThat(auctions.find(first.id())).contains(first);
        assertThat(auctions.selling(product)).contains(first.id());
        assertThatThrownBy(() -> auctions.add(second, "second", List.of())).isInstanceOf(StaleWrite.class);
        assertThat(auctions.openedBy("second")).isEmpty();
        assertThat(auctions.find(second.id())).isEmpty();

        Auction bidden = saved(auctions, first, bid(ANNA, 5_000));
        assertThat(auctions.selling(product)).contains(first.id());
        auctions.save(bidden.closed(NOON.plusSeconds(3_600)).next(1), List.of(), List.of());
        assertThat(auctions.selling(product)).isEmpty();
        auctions.add(second, "second", List.of());
        assertThat(auctions.selling(product)).contains(second.id());
    }

    @Test
    default void ofManyAuctionsOfAProductAtOnceExactlyOneOpens() {
        Auctions auctions = auctions();
        ProductId product = Auctioneer.someProduct();
        List<Boolean> opened = Race.of(8, number -> {
            try {
                auctions.add(auction(product, "digital.camera", NOON).next(1), "request " + number, List.of());
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });
        assertThat(opened).containsOnlyOnce(true);
    }

    @Test
    default void auctionsAreListedByCategoryAndByCreation() {
        Auctions auctions = auctions();
        List<AuctionId> cameras = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            cameras.add(added(auctions, auction(Auctioneer.someProduct(), "digital.camera", NOON.minusSeconds(60 - i)))
                    .id());
        }
        AuctionId phone = added(auctions, auction(Auctioneer.someProduct(), "digital.phone", NOON.minusSeconds(90)))
                .id();
        added(auctions, auction(Auctioneer.someProduct(), "books.novels", NOON.minusSeconds(30)));
        AuctionId plain = added(auctions, auction("standard")).id();

        Slice<AuctionId> first = auctions.listed(Status.OPEN, "digital.camera", Order.NEWEST, 3, null);
        assertThat(first.items()).isEqualTo(cameras.reversed().subList(0, 3));
        Slice<AuctionId> rest = auctions.listed(Status.OPEN, "digital.camera", Order.NEWEST, 3, first.cursor());
        assertThat(rest.items()).isEqualTo(cameras.reversed().subList(3, 5));
        assertThat(rest.cursor()).isNull();
        assertThat(auctions.listed(Status.OPEN, "digital.camera", Order.ENDING, 10, null)
                        .items())
                .containsExactlyInAnyOrderElementsOf(cameras);
        assertThat(auctions.listed(Status.OPEN, "digital", Order.NEWEST, 10, null)
                        .items())
                .hasSize(6)
                .endsWith(phone);
        assertThat(auctions.listed(Status.OPEN, "digital", Order.ENDING, 10, null)
                        .items())
                .hasSize(6);
        assertThat(auctions.listed(Status.OPEN, null, Order.NEWEST, 1, null).items())
                .containsExactly(plain);
        assertThat(auctions.listed(Status.CLOSED, "digital", Order.NEWEST, 10, null)
                        .items())
                .isEmpty();
        assertThat(auctions.listed(Status.OPEN, "garden", Order.NEWEST, 10, null)
                        .items())
                .isEmpty();
    }

    @Test
    default void onlyWhatIsOverdueIsDue() {
        Auctions auctions = auctions();
        AuctionId over = added(auctions, endingAt(NOON.plusSeconds(10))).id();
        AuctionId exactly = added(auctions, endingAt(NOON.plusSeconds(20))).id();
        added(auctions, endingAt(NOON.plusSeconds(20).plusNanos(1_000_000)));
        assertThat(auctions.due(Status.OPEN, NOON.plusSeconds(20), 10)).containsExactly(over, exactly);
        assertThat(auctions.due(Status.OPEN, NOON.plusSeconds(20), 1)).containsExactly(over);
        Auction closed =
                auctions.find(over).orElseThrow().closed(NOON.plusSeconds(10)).next(1);
        auctions.save(closed, List.of(), List.of());
        assertThat(auctions.due(Status.OPEN, NOON.plusSeconds(20), 10)).containsExactly(exactly);
    }

    @Test
    default void whatClosesSoonIsCounted() {
        Auctions auctions = auctions();
        int before = auctions.closing(NOON, NOON.plusSeconds(900));
        added(auctions, endingAt(NOON.plusSeconds(-1)));
        added(auctions, endingAt(NOON));
        Auction within = added(auctions, endingAt(NOON.plusSeconds(900)));
        added(auctions, endingAt(NOON.plusSeconds(901)));
        assertThat(auctions.closing(NOON, NOON.plusSeconds(900))).isEqualTo(before + 2);
        auctions.save(within.closed(NOON.plusSeconds(900)).next(1), List.of(), List.of());
        assertThat(auctions.closing(NOON, NOON.plusSeconds(900))).isEqualTo(before + 1);
    }

    private static Auction endingAt(Instant end) {
        Auction any = auction("standard");
        Terms terms = any.terms();
        return Auction.of(
                new Terms(
                        terms.auctionId(),
                        new UserId("usr_" + terms.auctionId().value().substring(4)),
                        terms.title(),
                        terms.description(),
                        terms.rules(),
                        terms.startPrice(),
                        null,
                        null,
                        NOON,
                        NOON,
                        NOON.plus(Duration.between(NOON, end)),
                        null),
                NOON);
    }

    @Test
    default void pagesAreReadBackNewestFirstWithWhatWasBeforeThem() {
        Auctions auctions = auctions();
        Auction added = added(auctions, auction("standard"));
        Instant late = NOON.plus(Duration.ofMinutes(58));
        Auction first = saved(auctions, added, bid(ANNA, 7_000), bid(BORA, 8_000));
        Auction second = saved(auctions, first, bid(ANNA, 9_000, late));
        saved(auctions, second, bid(BORA, 20_000, late));
        List<Page> pages = auctions.pages(added.id(), 5, 10);
        assertThat(pages)
                .extracting(page -> numbers(page.entries()))
                .containsExactly(List.of(4L), List.of(3L), List.of(1L, 2L));
        assertThat(pages).extracting(Page::sequence).containsExactly(5L, 3L, 2L);
        assertThat(pages).extracting(Page::leaderBefore).containsExactly(ANNA, BORA, null);
        assertThat(pages.get(1).endsAtBefore()).isEqualTo(first.endsAt()).isBefore(second.endsAt());
        assertThat(auctions.pages(added.id(), 4, 2)).isEqualTo(pages.subList(1, 3));
        assertThat(auctions.pages(added.id(), 5, 1)).isEqualTo(pages.subList(0, 1));
        assertThat(auctions.pages(added.id(), 1, 10)).isEmpty();
    }

    private static Auction added(Auctions auctions, Auction auction) {
        Auction first = auction.next(1);
        auctions.add(first, "opens " + first.id(), List.of());
        return first;
    }

    private static Auction saved(Auctions auctions, Auction state, Bid... bids) {
        Ledger.Batch batch = new Ledger(state).decide(List.of(bids));
        assertThat(batch.accepted()).hasSize(bids.length);
        auctions.save(batch.next(), batch.accepted(), batch.facts());
        return batch.next();
    }

    private static List<Long> numbers(List<LedgerEntry> entries) {
        return entries.stream().map(LedgerEntry::number).toList();
    }
}
