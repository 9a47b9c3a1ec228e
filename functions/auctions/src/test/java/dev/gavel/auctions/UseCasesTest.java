package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static dev.gavel.auctions.Auctioneer.call;
import static dev.gavel.auctions.Auctioneer.end;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Measures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UseCasesTest {

    private static final Instant END = NOON.plus(Duration.ofHours(24));

    private final InMemoryAuctions auctions = new InMemoryAuctions();
    private final OpenAuction openAuction = new OpenAuction(
            auctions,
            new InMemoryOffers(),
            Presets.published(),
            Ids.secure(Clock.systemUTC()),
            new OpenAuction.Limits(Duration.ofMinutes(1), Duration.ofDays(30)));
    private final PlaceBid placeBid =
            new PlaceBid(new BidLanes(auctions, BidLanes.Limits.DEFAULT, new BidNumbers(new Measures())));
    private final CloseAuction closeAuction = new CloseAuction(auctions, new Measures());
    private final StartAuction startAuction = new StartAuction(auctions);
    private final CancelAuction cancelAuction = new CancelAuction(auctions);
    private final GetAuction getAuction = new GetAuction(auctions, new InMemoryOffers());
    private final BidHistory bidHistory = new BidHistory(auctions);
    private int keys;

    @Test
    void anAuctionIsOpenedBidOnAndClosedWithItsWinner() {
        AuctionId id = opened(null);
        assertThat(accepted(bid(ANNA, id, 20_000, NOON.plusSeconds(1))).outcome())
                .isEqualTo(PlaceBid.Standing.LEADING);
        assertThat(accepted(bid(BORA, id, 15_000, NOON.plusSeconds(2))).outcome())
                .isEqualTo(PlaceBid.Standing.OUTBID);
        assertThat(tick(END.plusSeconds(2))).isEqualTo(Outcome.accepted(new Done(1)));

        AuctionView seen = accepted(getAuction.apply(call(ANNA, new GetAuction.Query(id), END, "")));
        assertThat(seen.status()).isEqualTo(AuctionView.Status.CLOSED);
        assertThat(seen.result()).isEqualTo(Result.SOLD);
        assertThat(seen.winner()).isEqualTo(ANNA.value());
        assertThat(seen.price()).isEqualTo(won(15_500));
        assertThat(events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("AuctionOpened", "BidsAccepted", "BidsAccepted", "AuctionClosed");
        assertThat(auctions.stored()).extracting(Fact::sequence).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void closingAgainChangesNothing() {
        AuctionId id = opened(null);
        tick(END.plusSeconds(2));
        List<Fact<?>> facts = auctions.stored();
        assertThat(tick(END.plusSeconds(7))).isEqualTo(Outcome.accepted(Done.NOTHING));
        assertThat(auctions.stored()).isEqualTo(facts);
        assertThat(end(auctions.find(id).orElseThrow()).result()).isEqualTo(Result.UNSOLD);
    }

    @Test
    void anOpeningThatIsRepeatedBecauseItsAnswerWasLostOpensNothingMore() {
        OpenAuction.Command command = terms("카메라", won(1_000), null, null, "PT24H");
        AuctionView first = accepted(openAuction.apply(call(SELLER, command, NOON, "same")));
        AuctionView again = accepted(openAuction.apply(call(SELLER, command, NOON.plusSeconds(30), "same")));
        assertThat(again).isEqualTo(first);
        assertThat(events()).hasSize(1);
        assertThat(accepted(openAuction.apply(call(ANNA, command, NOON, "same")))
                        .auctionId())
                .isNotEqualTo(first.auctionId());
    }

    @Test
    void aLateTickClosesAtTheTimeItWasToEnd() {
        AuctionId id = opened(null);
        bid(ANNA, id, 20_000, NOON.plusSeconds(1));
        assertThat(refused(bid(BORA, id, 90_000, END.plus(Duration.ofHours(3)))))
                .isInstanceOf(BidRejected.AuctionEnded.class);
        tick(END.plus(Duration.ofHours(5)));
        assertThat(end(auctions.find(id).orElseThrow()).at()).isEqualTo(END);
    }

    @Test
    void aTickInTheGracePeriodWaitsForBidsReceivedInTime() {
        AuctionId id = opened(null);
        tick(END.plusSeconds(1));
        assertThat(accepted(bid(ANNA, id, 20_000, END.minusMillis(1))).bidNumber())
                .isOne();
        tick(END.plus(Duration.ofMinutes(5)).plusSeconds(2));
        assertThat(auctions.find(id).orElseThrow().winner()).isEqualTo(ANNA);
    }

    @Test
    void aReserveThatIsNotMetSellsNothing() {
        AuctionId id = opened(won(50_000));
        bid(ANNA, id, 20_000, NOON.plusSeconds(1));
        tick(END.plusSeconds(2));
        AuctionClosed closed = (AuctionClosed) events().getLast();
        assertThat(closed.result()).isEqualTo(Result.RESERVE_NOT_MET);
        assertThat(closed.winnerId()).isNull();
        assertThat(closed.price()).isNull();
    }

    @Test
    void aScheduledAuctionOpensByItsTickOrByItsFirstBid() {
        Instant start = NOON.plusSeconds(600);
        AuctionId byTick = scheduled(start);
        AuctionId byBid = scheduled(start);
        assertThat(events()).hasOnlyElementsOfType(AuctionScheduled.class);
        assertThat(refused(bid(ANNA, byBid, 20_000, start.minusMillis(1)))).isInstanceOf(BidRejected.NotStarted.class);
        assertThat(accepted(bid(ANNA, byBid, 20_000, start)).bidNumber()).isOne();
        startAuction.apply(new Call<>(new Tick(), new Caller.Platform("tick"), start, "t"));
        assertThat(events().stream().filter(AuctionOpened.class::isInstance).map(AuctionEvent::auctionId))
                .containsExactlyInAnyOrder(byBid, byTick);
    }

    @Test
    void onlyTheSellerCancelsAndNotAtTheLastMoment() {
        AuctionId id = opened(null);
        assertThat(refused(cancel(ANNA, id, NOON))).isInstanceOf(AuctionRejected.SomeoneElses.class);
        bid(ANNA, id, 20_000, NOON.plusSeconds(1));
        assertThat(refused(cancel(SELLER, id, END.minusSeconds(60))))
                .isInstanceOf(AuctionRejected.TooLateToCancel.class);
        assertThat(accepted(cancel(SELLER, id, NOON.plusSeconds(2))).status()).isEqualTo(AuctionView.Status.CANCELLED);
        assertThat(accepted(cancel(SELLER, id, NOON.plusSeconds(3))).status()).isEqualTo(AuctionView.Status.CANCELLED);
        assertThat(refused(bid(BORA, id, 90_000, NOON.plusSeconds(4)))).isEqualTo(new BidRejected.AuctionCancelled());
        tick(END.plusSeconds(2));
        assertThat(auctions.find(id).orElseThrow().status()).isEqualTo(Auction.Status.CANCELLED);
        assertThat(refused(cancel(SELLER, sold(), END.plusSeconds(9))))
                .isInstanceOf(AuctionRejected.AlreadyEnded.class);
    }

    @Test
    void biddersAreMaskedExceptToThemselvesAndTheSeller() {
        AuctionId id = opened(null);
        bid(ANNA, id, 20_000, NOON.plusSeconds(1));
        bid(BORA, id, 15_000, NOON.plusSeconds(2));
        assertThat(history(SELLER, id))
                .extracting(BidHistory.Entry::bidder)
                .containsExactly(BORA.value(), ANNA.value());
        List<BidHistory.Entry> annas = history(ANNA, id);
        assertThat(annas.getFirst().bidder()).matches(".\\*\\*\\*.");
        assertThat(annas.getLast().bidder()).isEqualTo(ANNA.value());
        assertThat(annas).extracting(BidHistory.Entry::you).containsExactly(false, true);
        assertThat(annas.toString()).as("hidden maxima").doesNotContain("20000");
    }

    @Test
    void hiddenAmountsAreShownToNobodyElse() {
        AuctionId id = opened(won(30_000));
        bid(ANNA, id, 20_000, NOON.plusSeconds(1));
        String seen = accepted(getAuction.apply(call(BORA, new GetAuction.Query(id), NOON, "")))
                .toString();
        assertThat(seen).doesNotContain("20000").doesNotContain("30000").doesNotContain(ANNA.value());
        assertThat(accepted(getAuction.apply(call(ANNA, new GetAuction.Query(id), NOON, "")))
                        .yourMaximum())
                .isEqualTo(won(20_000));
        assertThat(auctions.stored().toString()).doesNotContain("20000").doesNotContain("30000");
    }

    @Test
    void termsThatMakeNoSenseAreRefusedByName() {
        assertThat(member(terms("", won(1_000), null, null, "PT24H"))).isEqualTo("title");
        assertThat(member(terms("t", won(0), null, null, "PT24H"))).isEqualTo("startPrice");
        assertThat(member(terms("t", won(-5), null, null, "PT24H"))).isEqualTo("startPrice");
        assertThat(member(terms("t", won(1_000), won(999), null, "PT24H"))).isEqualTo("reserve");
        assertThat(member(terms("t", won(1_000), Money.of("50", "USD"), null, "PT24H")))
                .isEqualTo("reserve");
        assertThat(member(terms("t", won(1_000), null, won(1_299), "PT24H"))).isEqualTo("buyNow");
        assertThat(member(terms("t", won(1_000), null, null, "PT59S"))).isEqualTo("duration");
        assertThat(member(terms("t", won(1_000), null, null, "P31D"))).isEqualTo("duration");
        assertThat(auctions.stored()).isEmpty();
    }

    private AuctionId opened(@Nullable Money reserve) {
        return accepted(openAuction.apply(
                        call(SELLER, terms("카메라", won(1_000), reserve, null, "PT24H"), NOON, "open-" + keys++)))
                .auctionId();
    }

    private AuctionId scheduled(Instant startsAt) {
        OpenAuction.Command command = new OpenAuction.Command(
                "카메라", null, null, won(1_000), null, null, startsAt, Duration.ofHours(24), null);
        return accepted(openAuction.apply(call(SELLER, command, NOON, "open-" + keys++)))
                .auctionId();
    }

    private AuctionId sold() {
        AuctionId id = opened(null);
        bid(ANNA, id, 20_000, NOON.plusSeconds(1));
        tick(END.plusSeconds(2));
        return id;
    }

    private static OpenAuction.Command terms(
            String title, Money start, @Nullable Money reserve, @Nullable Money buyNow, String duration) {
        return new OpenAuction.Command(title, null, null, start, reserve, buyNow, null, Duration.parse(duration), null);
    }

    private String member(OpenAuction.Command command) {
        return ((AuctionRejected.TermsInvalid) refused(openAuction.apply(call(SELLER, command, NOON, "o")))).member();
    }

    private Outcome<PlaceBid.Receipt> bid(UserId bidder, AuctionId id, long maximum, Instant at) {
        return placeBid.apply(call(bidder, new PlaceBid.Command(id, won(maximum), null), at, "key-" + keys++));
    }

    private Outcome<AuctionView> cancel(UserId user, AuctionId id, Instant at) {
        return cancelAuction.apply(call(user, new CancelAuction.Command(id, "분실"), at, "c"));
    }

    private Outcome<Done> tick(Instant at) {
        return closeAuction.apply(new Call<>(new Tick(), new Caller.Platform("tick"), at, "t"));
    }

    private List<BidHistory.Entry> history(UserId reader, AuctionId id) {
        return accepted(bidHistory.apply(call(reader, new BidHistory.Query(id, null, null), NOON, "")))
                .bids();
    }

    private List<AuctionEvent> events() {
        return auctions.stored().stream()
                .map(fact -> (AuctionEvent) fact.data())
                .toList();
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection reason) -> throw new AssertionError(reason.detail());
        };
    }

    private static Rejection refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?> accepted -> throw new AssertionError("accepted: " + accepted.value());
            case Outcome.Rejected<?> rejected -> rejected.reason();
        };
    }
}
