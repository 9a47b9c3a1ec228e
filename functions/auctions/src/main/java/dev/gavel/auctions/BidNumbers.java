package dev.gavel.auctions;

import dev.gavel.kernel.Outcome;
import dev.gavel.runtime.Measures;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// What is measured of bidding.
final class BidNumbers {

    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] BIDS = {1, 2, 5, 10, 20, 50, 100, 200, 400};

    private final Measures.Distribution accepted;
    private final Measures.Distribution rejected;
    private final Measures.Distribution batch;
    private final LongAdder lostRaces;

    BidNumbers(Measures measures) {
        this.accepted = latency(measures, "accepted");
        this.rejected = latency(measures, "rejected");
        this.batch = measures.distribution("gavel.bids.batch.size", "Accepted bids committed by one write", "", BIDS);
        this.lostRaces = measures.counter(
                "gavel.bids.races", "Writes for which somebody else was faster, decided anew", "result", "lost");
    }

    private static Measures.Distribution latency(Measures measures, String result) {
        return measures.distribution(
                "gavel.bids.latency", "From the receipt of a bid to its answer", "seconds", SECONDS, "result", result);
    }

    /// A bid was decided.
    void answered(Outcome<?> outcome, long nanos) {
        (outcome instanceof Outcome.Accepted<?> ? accepted : rejected).record(nanos / 1e9);
    }

    /// A batch was committed, if any of its bids was accepted.
    void committed(List<? extends Outcome<?>> answers) {
        long bids = answers.stream().filter(Outcome.Accepted.class::isInstance).count();
        if (bids > 0) {
            batch.record(bids);
        }
    }

    void raceLost() {
        lostRaces.increment();
    }
}
