package dev.gavel.bench;

import dev.gavel.bench.BidHistory.Attempt;
import dev.gavel.bench.BidHistory.Attempt.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Clients that bid on one auction as fast as they are answered until it has ended, each a little more than
/// the minimum it was told last, now and then too little on purpose.
final class Rush {

    private static final int ENOUGH = 2_000;

    private Rush() {}

    /// Runs all clients to their end.
    ///
    /// @param bidders the name each client bids under
    static List<Attempt> on(RecordedAuction auction, List<String> bidders) {
        List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
        Lanes.forEach(
                IntStream.range(0, bidders.size()).boxed().toList(),
                bidders.size(),
                client -> attempts.addAll(bid(auction, client, bidders.get(client))));
        return List.copyOf(attempts);
    }

    private static List<Attempt> bid(RecordedAuction auction, int client, String bidder) {
        SplittableRandom random = new SplittableRandom(client);
        List<Attempt> attempts = new ArrayList<>();
        long known = auction.startingPoint();
        // Two bids after the end: somebody who was told of it must never be let in again.
        for (int ended = 0; ended < 2 && attempts.size() < ENOUGH; ) {
            long step = PublishedRules.increment(known);
            long maximum = random.nextInt(8) == 0
                    ? Math.max(1, known - step * random.nextInt(1, 4))
                    : known + step * random.nextInt(0, 6);
            long invoked = System.nanoTime();
            Reply reply = auction.bid(client, bidder, maximum);
            attempts.add(new Attempt(bidder, maximum, invoked, System.nanoTime(), reply));
            switch (reply) {
                case Reply.Accepted accepted ->
                    known = accepted.leads()
                            ? maximum + 1
                            : accepted.price() + PublishedRules.increment(accepted.price());
                case Reply.TooLow(long minimum) -> known = minimum;
                case Reply.Ended _ -> ended++;
                case Reply.Lost _ -> {}
            }
        }
        return attempts;
    }
}
