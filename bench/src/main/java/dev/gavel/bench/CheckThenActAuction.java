package dev.gavel.bench;

import dev.gavel.bench.BidHistory.Attempt.Reply;
import dev.gavel.bench.BidHistory.End;
import dev.gavel.bench.BidHistory.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The control of [BidHistory]: one auction in memory with the right rules and the usual mistake. It looks
/// at the state, decides, gives way to others, and then writes, without a lock or a condition between the
/// two. With `guarded` it decides and writes in one step, and the same checker must find nothing.
final class CheckThenActAuction implements RecordedAuction {

    private static final long START_PRICE = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final boolean guarded;
    private final Instant endsAt;
    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private volatile ProxyState state = ProxyState.start(START_PRICE);

    CheckThenActAuction(Duration lasts, boolean guarded) {
        this.guarded = guarded;
        this.endsAt = Instant.now().plus(lasts);
    }

    /// Lets this many clients bid on one until it ends: again on one that lasts twice as long, when this machine
    /// was too slow for a bid of each.
    static BidHistory rushed(int clients, Duration lasts, boolean guarded) {
        BidHistory history = rush(clients, lasts, guarded);
        for (Duration longer = lasts; history.accepted() < clients && longer.compareTo(LONGEST) < 0; ) {
            longer = longer.multipliedBy(2);
            history = rush(clients, longer, guarded);
        }
        return history;
    }

    private static BidHistory rush(int clients, Duration lasts, boolean guarded) {
        CheckThenActAuction auction = new CheckThenActAuction(lasts, guarded);
        List<String> bidders = IntStream.range(0, clients)
                .mapToObj(client -> "bidder-" + client)
                .toList();
        List<BidHistory.Attempt> attempts = Rush.on(auction, bidders);
        ProxyState last = auction.state;
        return new BidHistory(
                START_PRICE,
                0,
                attempts,
                List.copyOf(auction.entries),
                new End(true, last.bids(), last.price(), last.leader(), auction.endsAt));
    }

    @Override
    public long startingPoint() {
        return START_PRICE;
    }

    @Override
    public Reply bid(int client, String bidder, long maximum) {
        if (guarded) {
            synchronized (this) {
                return decide(bidder, maximum);
            }
        }
        return decide(bidder, maximum);
    }

    private Reply decide(String bidder, long maximum) {
        Instant now = Instant.now();
        ProxyState before = state;
        long minimum = before.minimum(bidder);
        if (!now.isBefore(endsAt)) {
            return new Reply.Ended();
        }
        if (maximum < minimum) {
            return new Reply.TooLow(minimum);
        }
        if (!guarded) {
            Thread.yield();
        }
        ProxyState after = before.take(bidder, maximum);
        state = after;
        String leader = String.valueOf(after.leader());
        entries.add(new Entry(after.bids(), bidder, after.price(), leader, now));
        return new Reply.Accepted(after.bids(), after.price(), bidder.equals(leader), now);
    }
}
