package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.bench.BidHistory.Attempt;
import dev.gavel.bench.BidHistory.Attempt.Reply;
import dev.gavel.bench.BidHistory.End;
import dev.gavel.bench.BidHistory.Entry;
import dev.gavel.bench.BidHistory.Property;
import dev.gavel.bench.BidHistory.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BidHistoryTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant END = START.plusSeconds(60);

    private final List<Attempt> attempts = new ArrayList<>(List.of(
            new Attempt("ann", 5_000, 10, 20, new Reply.Accepted(1, 1_000, true, START.plusSeconds(1))),
            new Attempt("bob", 500, 21, 30, new Reply.TooLow(1_100)),
            new Attempt("bob", 3_000, 31, 40, new Reply.Accepted(2, 3_100, false, START.plusSeconds(3))),
            new Attempt("cat", 9_000, 41, 50, new Reply.Accepted(3, 5_100, true, START.plusSeconds(4))),
            new Attempt("ann", 9_999, 90, 99, new Reply.Ended())));
    private final List<Entry> entries = new ArrayList<>(List.of(
            new Entry(3, "cat", 5_100, "cat", START.plusSeconds(4)),
            new Entry(2, "bob", 3_100, "ann", START.plusSeconds(3)),
            new Entry(1, "ann", 1_000, "ann", START.plusSeconds(1))));
    private End end = new End(true, 3, 5_100, "cat", END);

    @Test
    void aRightHistoryHasNoViolation() {
        assertThat(violated()).isEmpty();
    }

    @Test
    void aBidAcceptedAfterSomebodyWasToldOfTheEndIsFound() {
        accept(4, "ann", 9_500, 9_100, 100, END.minusSeconds(1));
        assertThat(violated()).contains(Property.NOTHING_AFTER_THE_END);
    }

    @Test
    void aBidAcceptedAtTheEndIsFound() {
        accept(4, "ann", 9_500, 9_100, 60, END);
        assertThat(violated()).contains(Property.NOTHING_AFTER_THE_END);
    }

    @Test
    void anAcknowledgedBidBeyondTheFinalCountIsFound() {
        attempts.add(new Attempt("ann", 9_500, 60, 70, new Reply.Accepted(4, 9_500, true, START.plusSeconds(5))));
        assertThat(violated()).contains(Property.NOTHING_AFTER_THE_END, Property.NOTHING_ACKNOWLEDGED_IS_LOST);
    }

    @Test
    void aFallingPriceIsFound() {
        entries.set(0, new Entry(3, "cat", 3_000, "cat", START.plusSeconds(4)));
        assertThat(violated()).contains(Property.PRICE_NEVER_FALLS);
    }

    @Test
    void aGapInTheNumbersIsFound() {
        entries.set(0, new Entry(4, "cat", 5_100, "cat", START.plusSeconds(4)));
        assertThat(violated()).contains(Property.NUMBERED_WITHOUT_GAPS);
    }

    @Test
    void aCountThatDisagreesWithTheHistoryIsFound() {
        end = new End(true, 4, 5_100, "cat", END);
        assertThat(violated()).containsOnly(Property.NUMBERED_WITHOUT_GAPS);
    }

    @Test
    void aLostBidIsFound() {
        entries.remove(1);
        assertThat(violated()).contains(Property.NOTHING_ACKNOWLEDGED_IS_LOST);
    }

    @Test
    void twoBidsWithOneNumberAreFound() {
        attempts.add(new Attempt("dan", 4_000, 42, 51, new Reply.Accepted(3, 5_100, true, START.plusSeconds(4))));
        assertThat(violated()).contains(Property.NOTHING_ACKNOWLEDGED_IS_LOST);
    }

    @Test
    void aRefusedBidInTheHistoryIsFound() {
        entries.add(new Entry(4, "bob", 5_100, "cat", START.plusSeconds(5)));
        end = new End(true, 4, 5_100, "cat", END);
        assertThat(violated()).contains(Property.NOTHING_REFUSED_IS_KEPT);
    }

    @Test
    void aBidWhoseAnswerWasLostMayBeInTheHistory() {
        attempts.add(new Attempt("dan", 8_000, 51, 60, new Reply.Lost()));
        entries.add(new Entry(4, "dan", 8_100, "cat", START.plusSeconds(5)));
        end = new End(true, 4, 8_100, "cat", END);
        assertThat(violated()).isEmpty();
    }

    @Test
    void aWrongWinnerIsFound() {
        end = new End(true, 3, 5_100, "ann", END);
        assertThat(violated()).containsOnly(Property.RULES_ARE_KEPT);
    }

    @Test
    void aWrongPriceIsFound() {
        attempts.set(3, new Attempt("cat", 9_000, 41, 50, new Reply.Accepted(3, 6_000, true, START.plusSeconds(4))));
        entries.set(0, new Entry(3, "cat", 6_000, "cat", START.plusSeconds(4)));
        end = new End(true, 3, 6_000, "cat", END);
        assertThat(violated()).containsOnly(Property.RULES_ARE_KEPT);
    }

    @Test
    void anAuctionThatIsNeverClosedIsFound() {
        end = new End(false, 3, 5_100, "cat", END);
        assertThat(violated()).containsOnly(Property.NOTHING_AFTER_THE_END);
    }

    @Test
    void aRefusalThatNoMomentExplainsIsFound() {
        // When this bid was made and answered, the price had long been above what it was refused for.
        attempts.add(new Attempt("dan", 1_050, 60, 70, new Reply.TooLow(1_100)));
        assertThat(violated()).containsOnly(Property.ONE_ORDER_EXPLAINS_ALL);
    }

    @Test
    void aRefusalOfABidThatWasHighEnoughIsFound() {
        attempts.add(new Attempt("dan", 5_300, 60, 70, new Reply.TooLow(5_200)));
        assertThat(violated()).containsOnly(Property.ONE_ORDER_EXPLAINS_ALL);
    }

    @Test
    void aBidCountedBeforeOneThatWasAnsweredEarlierIsFound() {
        attempts.set(2, new Attempt("bob", 3_000, 51, 60, new Reply.Accepted(2, 3_100, false, START.plusSeconds(3))));
        assertThat(violated()).containsOnly(Property.ONE_ORDER_EXPLAINS_ALL);
    }

    @Test
    void anEngineThatDecidesAndWritesInOneStepIsRight() {
        BidHistory history = CheckThenActAuction.rushed(64, Duration.ofMillis(300), true);

        assertThat(history.violations()).isEmpty();
        assertThat(history.accepted()).isPositive();
    }

    @Test
    void anEngineThatChecksAndThenActsIsCaught() {
        BidHistory history = CheckThenActAuction.rushed(64, Duration.ofMillis(300), false);

        assertThat(history.violations()).isNotEmpty();
    }

    private void accept(long number, String bidder, long maximum, long price, long invoked, Instant at) {
        attempts.add(new Attempt(bidder, maximum, invoked, invoked + 5, new Reply.Accepted(number, price, true, at)));
        entries.add(new Entry(number, bidder, price, bidder, at));
        end = new End(true, number, price, bidder, END);
    }

    private List<Property> violated() {
        return new BidHistory(1_000, 0, attempts, entries, end)
                .violations().stream().map(Violation::property).distinct().toList();
    }
}
