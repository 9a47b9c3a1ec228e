package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.CHUL;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static dev.gavel.auctions.Auctioneer.after;
import static dev.gavel.auctions.Auctioneer.auction;
import static dev.gavel.auctions.Auctioneer.bid;
import static dev.gavel.auctions.Auctioneer.buyNow;
import static dev.gavel.auctions.Auctioneer.end;
import static dev.gavel.auctions.Auctioneer.lead;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.BiddingRules.Decision;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BiddingRulesTest {

    private static final Instant END = NOON.plus(Duration.ofHours(1));

    @Test
    void theFirstBidLeadsAtTheStartPrice() {
        Auction state = after(auction("standard"), bid(ANNA, 5_000));
        assertThat(state.price()).isEqualTo(won(1_000));
        assertThat(state.lead()).isEqualTo(new Auction.Lead(ANNA, won(5_000)));
    }

    @Test
    void aLowerMaximumIsDefendedByTheLeader() {
        Auction state = after(auction("standard"), bid(ANNA, 5_000), bid(BORA, 3_000));
        assertThat(state.price()).isEqualTo(won(3_100));
        assertThat(lead(state).bidderId()).isEqualTo(ANNA);
    }

    @Test
    void aHigherMaximumLeadsOneIncrementAboveTheOther() {
        Auction state = after(auction("standard"), bid(ANNA, 5_000), bid(BORA, 9_000));
        assertThat(state.price()).isEqualTo(won(5_100));
        assertThat(lead(state).bidderId()).isEqualTo(BORA);
    }

    @Test
    void nobodyPaysMoreThanTheirOwnMaximum() {
        Auction state = after(auction("standard"), bid(ANNA, 5_000), bid(BORA, 5_050));
        assertThat(state.price()).isEqualTo(won(5_050));
        assertThat(lead(state).bidderId()).isEqualTo(BORA);
    }

    @Test
    void ofTwoEqualMaximaTheEarlierLeads() {
        Auction state = after(auction("standard"), bid(ANNA, 5_000), bid(BORA, 5_000));
        assertThat(state.price()).isEqualTo(won(5_000));
        assertThat(lead(state).bidderId()).isEqualTo(ANNA);
    }

    @Test
    void raisingOnesOwnMaximumCostsNothing() {
        Auction state = after(auction("standard"), bid(ANNA, 5_000), bid(ANNA, 8_000));
        assertThat(state.price()).isEqualTo(won(1_000));
        assertThat(state.lead()).isEqualTo(new Auction.Lead(ANNA, won(8_000)));
        assertThat(refusal(state, bid(ANNA, 8_000))).isEqualTo(new BidRejected.TooLow(won(8_001)));
    }

    @Test
    void aReserveIsPaidByWhoeverIsWillingTo() {
        Auction below = after(auction("standard", won(4_000), null), bid(ANNA, 3_000));
        assertThat(below.price()).isEqualTo(won(1_000));
        assertThat(below.reserveMet()).isFalse();
        Auction met = after(below, bid(BORA, 6_000));
        assertThat(met.price()).isEqualTo(won(4_000));
        assertThat(met.reserveMet()).isTrue();
        assertThat(met.closed(END).winner()).isEqualTo(BORA);
        assertThat(end(below.closed(END)).result()).isEqualTo(Result.RESERVE_NOT_MET);
        assertThat(below.closed(END).winner()).isNull();
    }

    @Test
    void inOpenOutcryTheAmountIsThePrice() {
        Auction state = after(auction("open-outcry"), bid(ANNA, 5_000));
        assertThat(state.price()).isEqualTo(won(5_000));
        assertThat(refusal(state, bid(BORA, 5_000))).isEqualTo(new BidRejected.TooLow(won(5_001)));
        assertThat(lead(after(state, bid(BORA, 5_001))).bidderId()).isEqualTo(BORA);
    }

    @ParameterizedTest
    @CsvSource({"999,1000", "1,1000"})
    void tooLowNamesTheMinimum(long amount, long minimum) {
        assertThat(refusal(auction("standard"), bid(ANNA, amount))).isEqualTo(new BidRejected.TooLow(won(minimum)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1_000_000_000_001L})
    void amountsOutsideAnyReasonAreRefused(long amount) {
        assertThat(refusal(auction("standard"), bid(ANNA, amount))).isInstanceOf(BidRejected.AmountOutOfRange.class);
    }

    @Test
    void sellersCannotBidOnTheirOwn() {
        assertThat(refusal(auction("standard"), bid(SELLER, 5_000))).isEqualTo(new BidRejected.OwnAuction());
    }

    @Test
    void theCurrencyIsTheAuctions() {
        Bid dollars = new Bid("k", ANNA, Money.of("50.00", "USD"), false, NOON);
        assertThat(refusal(auction("standard"), dollars)).isInstanceOf(BidRejected.WrongCurrency.class);
    }

    @Test
    void theEndIsExclusiveAndJudgedByTheTimeOfReceipt() {
        assertThat(refusal(auction("standard"), bid(ANNA, 5_000, END))).isEqualTo(new BidRejected.AuctionEnded(END));
        assertThat(after(auction("hard-close"), bid(ANNA, 5_000, END.minusMillis(1)))
                        .bidCount())
                .isOne();
        assertThat(refusal(auction("standard"), bid(ANNA, 5_000, NOON.minusMillis(1))))
                .isEqualTo(new BidRejected.NotStarted(NOON));
    }

    @Test
    void nothingIsTakenOnceItIsClosedOrCancelled() {
        Auction closed = after(auction("standard"), bid(ANNA, 5_000)).closed(END);
        assertThat(refusal(closed, bid(BORA, 9_000))).isInstanceOf(BidRejected.AuctionEnded.class);
        Auction cancelled = auction("standard").cancelled(NOON, "lost");
        assertThat(refusal(cancelled, bid(BORA, 9_000))).isInstanceOf(BidRejected.AuctionCancelled.class);
    }

    @Test
    void aLateBidThatRaisesThePriceExtendsTheEnd() {
        Instant late = END.minusSeconds(10);
        Auction first = after(auction("standard"), bid(ANNA, 5_000, late));
        assertThat(first.endsAt()).isEqualTo(END.plus(Duration.ofMinutes(5)));
        Auction again = after(first, bid(BORA, 3_000, END.plusSeconds(200)));
        assertThat(again.endsAt()).isEqualTo(END.plus(Duration.ofMinutes(10)));
        Auction quiet = after(again, bid(ANNA, 90_000, END.plusSeconds(500)));
        assertThat(quiet.endsAt()).as("a raised maximum is not a raised price").isEqualTo(again.endsAt());
        assertThat(after(auction("standard"), bid(ANNA, 5_000)).endsAt()).isEqualTo(END);
    }

    @Test
    void extensionsStopAtTheirLimit() {
        Auction state = auction("standard");
        for (int i = 0; i < 400; i++) {
            state = after(
                    state,
                    bid(
                            i % 2 == 0 ? ANNA : BORA,
                            1_000 + i * 20_000L,
                            state.endsAt().minusSeconds(1)));
        }
        assertThat(state.endsAt()).isEqualTo(END.plus(Duration.ofHours(24)));
    }

    @Test
    void buyNowEndsTheAuctionAtOnce() {
        Auction state = after(auction("standard", null, won(20_000)), buyNow(ANNA, 20_000));
        assertThat(state.status()).isEqualTo(Auction.Status.CLOSED);
        assertThat(state.winner()).isEqualTo(ANNA);
        assertThat(state.price()).isEqualTo(won(20_000));
    }

    @Test
    void buyNowGoesWithTheFirstBidUnlessTheReserveIsUnmet() {
        Auction plain = after(auction("standard", null, won(20_000)), bid(ANNA, 2_000));
        assertThat(refusal(plain, buyNow(BORA, 20_000))).isEqualTo(new BidRejected.BuyNowGone());
        Auction reserved = auction("standard", won(9_000), won(20_000));
        assertThat(after(reserved, bid(ANNA, 2_000), buyNow(BORA, 20_000)).winner())
                .isEqualTo(BORA);
        assertThat(refusal(after(reserved, bid(ANNA, 9_000)), buyNow(BORA, 20_000)))
                .isEqualTo(new BidRejected.BuyNowGone());
        assertThat(refusal(reserved, buyNow(BORA, 19_999))).isEqualTo(new BidRejected.BuyNowPriceDiffers(won(20_000)));
    }

    /// Whatever is bid: the price never falls, never exceeds the leader's maximum, and the leader is the earliest of
    /// those with the highest maximum.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyBidsLeaveTheHighestMaximumInTheLead(long seed) {
        Random random = new Random(seed);
        Auction state = auction("standard", random.nextBoolean() ? won(30_000) : null, null);
        List<Bid> accepted = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            var bidder = List.of(ANNA, BORA, CHUL).get(random.nextInt(3));
            Bid bid = bid(bidder, random.nextLong(100_000), NOON.plusMillis(i));
            if (BiddingRules.decide(state, bid) instanceof Decision.Taken(Auction next, LedgerEntry entry)) {
                assertThat(next.price()).isGreaterThanOrEqualTo(state.price());
                assertThat(lead(next).maximum()).isGreaterThanOrEqualTo(next.price());
                assertThat(entry.number()).isEqualTo(state.bidCount() + 1);
                accepted.add(bid);
                state = next;
            }
        }
        Bid best = accepted.getFirst();
        for (Bid bid : accepted) {
            best = bid.amount().compareTo(best.amount()) > 0 ? bid : best;
        }
        assertThat(state.lead()).isEqualTo(new Auction.Lead(best.bidderId(), best.amount()));
    }

    private static BidRejected refusal(Auction auction, Bid bid) {
        return switch (BiddingRules.decide(auction, bid)) {
            case Decision.Refused(BidRejected reason) -> reason;
            case Decision.Taken taken -> throw new AssertionError("accepted: " + taken);
        };
    }
}
