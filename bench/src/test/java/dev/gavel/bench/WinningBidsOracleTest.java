package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class WinningBidsOracleTest {

    @Test
    void theHighestBidBeforeTheEndWinsAndOfTwoEqualOnesTheEarlier() {
        assertThat(judge(auction(100, 200), bid(1, 500, 110), bid(2, 700, 120), bid(3, 700, 130)))
                .isEqualTo(new Verdict.Sold(2, 700));
    }

    @Test
    void aBidAtTheEndIsLateEvenWhenItIsTheFirstEventFromThen() {
        assertThat(judge(auction(100, 200), bid(1, 500, 199), bid(2, 900, 200))).isEqualTo(new Verdict.Sold(1, 500));
    }

    @Test
    void belowTheReserveNobodyWins() {
        assertThat(judge(auction(100, 200), bid(1, 299, 110))).isEqualTo(Verdict.NOT_SOLD);
    }

    @Test
    void aBidBeforeItsAuctionExistsAndOneOfTheSellerAreLeftOut() {
        assertThat(judge(bid(1, 900, 90), auction(100, 200), bid(2, 400, 110), bid(SELLER, 950, 120)))
                .isEqualTo(new Verdict.Sold(2, 400));
    }

    @Test
    void onTheWholeStreamItSaysWhatReadingTheStreamPlainlySays() {
        NexmarkStream stream = NexmarkStream.generate(20_000);
        assertThat(VerdictComparison.of(new CheckThenActMarket(1).run(stream), WinningBidsOracle.judge(stream))
                        .differences())
                .isEmpty();
    }

    private static final long SELLER = 1000;

    private static Verdict judge(Event... events) {
        List<TimestampedValue<Event>> stamped = List.of(events).stream()
                .map(event ->
                        TimestampedValue.of(event, event.bid == null ? event.newAuction.dateTime : event.bid.dateTime))
                .toList();
        Map<Long, Verdict> verdicts = WinningBidsOracle.judge(NexmarkStream.of(events.length, stamped.iterator()));
        return verdicts.getOrDefault(7L, new Verdict.Unclear("no verdict"));
    }

    private static Event auction(long at, long expires) {
        return new Event(
                new Auction(7, "lot", "a lot", 100, 300, new Instant(at), new Instant(expires), SELLER, 1, ""));
    }

    private static Event bid(long bidder, long price, long at) {
        return new Event(new Bid(7, bidder, price, new Instant(at), ""));
    }
}
