package dev.gavel.bench;

import dev.gavel.bench.NexmarkStream.Standing;
import dev.gavel.bench.NexmarkStream.Step;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.apache.beam.sdk.nexmark.model.AuctionBid;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.queries.WinningBidsSimulator;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/// Asks Beam's own `WinningBidsSimulator` who wins what. What it does, precisely:
///
/// - It reads events one by one. A bid counts when its auction is in the simulator's set of open auctions
///   and its price is at least the reserve; the best is the highest price, of equal prices the earlier bid.
///   The start price plays no part, but the generator's reserve is always above it.
/// - Before it reads the next event it retires every open auction whose `expires` is at or before the time
///   of the event it read last. So its clock is one event late: the first event after the end of an
///   auction, if it is a bid on that auction, would still count. Here an auction nobody bids on is put in
///   front of each event at that event's time; it moves the simulator's clock and nothing else, and the end
///   of an auction is exclusive, as Gavel's is.
/// - A bid whose auction is not open is kept aside and tried again before every event. One that comes
///   before its auction would count once the auction appears. Gavel has told nobody that auction's id by
///   then, so those bids are left out here (and counted as unknown), as are bids of sellers on their own
///   auctions, which Gavel forbids. Bids after the end are left in: that the simulator ignores them is part
///   of what is compared.
///
/// Auctions do not influence each other, so the stream is dealt out to several simulators by auction: the
/// list of bids kept aside is gone through before every event, which takes half a minute on 100,000 events
/// in one piece.
final class WinningBidsOracle {

    private static final int PARTS = 64;
    private static final long CLOCK_AUCTION = -1;

    private WinningBidsOracle() {}

    /// The verdict on every auction of the stream.
    static Map<Long, Verdict> judge(NexmarkStream stream) {
        List<List<TimestampedValue<Event>>> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(new ArrayList<>());
        }
        for (Step step : stream.steps()) {
            List<TimestampedValue<Event>> part = parts.get(Math.floorMod(step.auction(), PARTS));
            switch (step) {
                case Step.Open(Auction details, long at) -> add(part, at, new Event(details));
                case Step.Offer offer
                when offer.standing() == Standing.KNOWN -> add(part, offer.at(), new Event(offer.bid()));
                case Step.Offer _ -> {}
            }
        }
        Map<Long, Verdict> verdicts = new HashMap<>();
        stream.auctions().keySet().forEach(auction -> verdicts.put(auction, Verdict.NOT_SOLD));
        for (List<TimestampedValue<Event>> part : parts) {
            Iterator<TimestampedValue<AuctionBid>> winners = simulator(part).results();
            while (winners.hasNext()) {
                AuctionBid won = winners.next().getValue();
                verdicts.put(won.auction.id, new Verdict.Sold(won.bid.bidder, won.bid.price));
            }
        }
        return verdicts;
    }

    private static void add(List<TimestampedValue<Event>> part, long at, Event event) {
        Instant time = new Instant(at);
        Auction clock = new Auction(CLOCK_AUCTION, "", "", 1, 1, time, Instant.ofEpochMilli(Long.MAX_VALUE), 0, 0, "");
        part.add(TimestampedValue.of(new Event(clock), time));
        part.add(TimestampedValue.of(event, time));
    }

    /// The simulator makes its own events from a configuration and offers no way to hand it others.
    private static WinningBidsSimulator simulator(List<TimestampedValue<Event>> events) {
        WinningBidsSimulator simulator = new WinningBidsSimulator(NexmarkConfiguration.DEFAULT.copy());
        try {
            Field input = WinningBidsSimulator.class.getSuperclass().getDeclaredField("input");
            input.setAccessible(true);
            input.set(simulator, events.iterator());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of Beam's simulator reads its events otherwise", e);
        }
        return simulator;
    }
}
