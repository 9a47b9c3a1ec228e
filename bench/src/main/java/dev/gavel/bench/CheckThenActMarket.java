package dev.gavel.bench;

import dev.gavel.bench.NexmarkStream.Standing;
import dev.gavel.bench.NexmarkStream.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.jspecify.annotations.Nullable;

/// The control of the comparison: an auction engine with the mistake most auction code has. Each bid reads
/// the highest bid, finds itself higher, and then writes, so that of bids in flight together a lower one
/// can replace a higher one. Apart from that it keeps the same rules. It meets at a barrier between check
/// and act, so that the mistake shows in every run and not only on a busy day.
final class CheckThenActMarket {

    private final int inFlight;
    private final Map<Long, Auction> open = new ConcurrentHashMap<>();
    private final Map<Long, Bid> highest = new ConcurrentHashMap<>();

    /// @param inFlight how many events are handled at once
    CheckThenActMarket(int inFlight) {
        this.inFlight = inFlight;
    }

    Map<Long, Verdict> run(NexmarkStream stream) {
        List<Step> steps = stream.steps();
        List<Thread> threads = new ArrayList<>();
        CyclicBarrier together = new CyclicBarrier(inFlight);
        for (int client = 0; client < inFlight; client++) {
            int first = client;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < (steps.size() + inFlight - 1) / inFlight; i++) {
                    int mine = i * inFlight + first;
                    handle(mine < steps.size() ? steps.get(mine) : null, together);
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        Map<Long, Verdict> verdicts = new HashMap<>();
        stream.auctions().forEach((id, auction) -> {
            Bid bid = highest.get(id);
            verdicts.put(
                    id,
                    bid == null || bid.price < auction.reserve
                            ? Verdict.NOT_SOLD
                            : new Verdict.Sold(bid.bidder, bid.price));
        });
        return verdicts;
    }

    private void handle(@Nullable Step step, CyclicBarrier together) {
        if (step instanceof Step.Open(Auction details, long _)) {
            open.put(details.id, details);
        }
        meet(together);
        Bid higher = step instanceof Step.Offer offer && offer.standing() == Standing.KNOWN ? check(offer) : null;
        meet(together);
        if (higher != null) {
            highest.put(higher.auction, higher);
        }
        meet(together);
    }

    private @Nullable Bid check(Step.Offer offer) {
        Bid bid = offer.bid();
        Auction auction = open.get(bid.auction);
        Bid before = highest.get(bid.auction);
        boolean inTime = auction != null && offer.at() < auction.expires.getMillis();
        boolean enough =
                auction != null && bid.price >= auction.initialBid && (before == null || bid.price > before.price);
        return inTime && enough ? bid : null;
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("another thread of the control failed", e);
        }
    }
}
