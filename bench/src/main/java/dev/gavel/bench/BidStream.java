package dev.gavel.bench;

import dev.gavel.events.Alias;
import dev.gavel.events.AuctionDelta;
import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One auction whose bids go up for ever: its facts one after the other, and what the store knows of it.
final class BidStream {

    private static final int KEPT = 1024;
    private static final long STEP = 1_000;

    private final AuctionId auction;
    private final UserId seller;
    private final List<UserId> bidders;
    private final Instant starts = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant ends = starts.plus(1, ChronoUnit.DAYS);
    private final ArrayDeque<AuctionDelta> newest = new ArrayDeque<>();
    private long sequence = 1;

    BidStream(Ids ids) {
        this.auction = AuctionId.next(ids);
        this.seller = UserId.next(ids);
        this.bidders = List.of(UserId.next(ids), UserId.next(ids), UserId.next(ids));
    }

    AuctionId auction() {
        return auction;
    }

    synchronized long sequence() {
        return sequence;
    }

    /// One more bid, committed now.
    synchronized Fact<BidsAccepted> next() {
        long number = sequence++;
        UserId bidder = bidders.get((int) (number % bidders.size()));
        UserId before = bidders.get((int) ((number - 1) % bidders.size()));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Money price = price(number);
        Fact<BidsAccepted> fact = new Fact<>(
                "/functions/place-bid",
                sequence,
                now,
                new BidsAccepted(
                        auction,
                        List.of(new AcceptedBid(number, bidder, price, bidder, now)),
                        price,
                        bidder,
                        number == 1 ? null : before,
                        price(number + 1),
                        true,
                        number,
                        ends));
        newest.addLast(AuctionDelta.of(fact));
        if (newest.size() > KEPT) {
            newest.removeFirst();
        }
        return fact;
    }

    private static Money price(long number) {
        return Money.krw(10_000 + number * STEP);
    }

    /// What `get-auction` answers.
    synchronized byte[] view() {
        long bids = sequence - 1;
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("auctionId", auction.value());
        view.put("sellerId", seller.value());
        view.put("title", "A crowded auction");
        view.put("status", "open");
        view.put("price", price(bids));
        view.put("minimumBid", price(bids + 1));
        if (bids > 0) {
            view.put("leader", Alias.of(auction, bidders.get((int) (bids % bidders.size()))));
        }
        view.put("bidCount", bids);
        view.put("hasReserve", false);
        view.put("reserveMet", true);
        view.put("startsAt", starts.toString());
        view.put("endsAt", ends.toString());
        view.put("sequence", sequence);
        return Json.MAPPER.writeValueAsBytes(view);
    }

    /// What `replay-auction` answers: as many of the deltas after one sequence as are kept, the newest first.
    synchronized byte[] deltas(long after) {
        List<AuctionDelta> told = new ArrayList<>(
                newest.stream().filter(delta -> delta.sequence() > after).toList());
        return Json.MAPPER.writeValueAsBytes(Map.of("deltas", told.reversed(), "sequence", sequence));
    }
}
