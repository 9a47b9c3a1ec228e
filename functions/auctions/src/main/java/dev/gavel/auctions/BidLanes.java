package dev.gavel.auctions;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Brings the bids that are in flight for one auction together, so that however many come at once, they cost one write.
/// Each auction has a lane; while a lane's batch is being committed the next one gathers. Other processes may bid on
/// the same auction at the same time: the version of the auction decides between them.
final class BidLanes {

    /// @param waiting how many bids may wait for one auction
    /// @param batch how many bids are committed together; a page of them stays far below the 400 KB of an item
    /// @param patience how long a caller waits for an answer
    /// @param remembered how many accepted bids are kept in memory before idle auctions are forgotten
    record Limits(int waiting, int batch, Duration patience, long remembered) {
        static final Limits DEFAULT = new Limits(4_000, 400, Duration.ofSeconds(10), 200_000);
    }

    private static final int LANES = 4_096;

    private final Auctions auctions;
    private final Limits limits;
    private final BidNumbers numbers;
    private final ConcurrentHashMap<AuctionId, Lane> lanes = new ConcurrentHashMap<>();

    BidLanes(Auctions auctions, Limits limits, BidNumbers numbers) {
        this.auctions = auctions;
        this.limits = limits;
        this.numbers = numbers;
    }

    /// Waits until the bid is decided and, if accepted, committed.
    ///
    /// @throws Unavailable when there are too many bids or the store is in trouble; the bid may have
    /// been committed, so the caller should repeat it with the same key
    Outcome<LedgerEntry> place(AuctionId id, Bid bid) {
        Lane lane = lanes.computeIfAbsent(id, unknown -> new Lane(unknown, auctions, limits, numbers));
        long received = System.nanoTime();
        CompletableFuture<Outcome<LedgerEntry>> answer = lane.offer(bid);
        try {
            Outcome<LedgerEntry> outcome = answer.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
            numbers.answered(outcome, System.nanoTime() - received);
            if (outcome instanceof Outcome.Rejected<LedgerEntry>(BidRejected.AuctionUnknown _)) {
                lanes.remove(id, lane);
            }
            return outcome;
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new Unavailable("the bid was not decided in time; repeat it with the same Idempotency-Key", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while the bid was being decided", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException trouble ? trouble : new IllegalStateException(e);
        } finally {
            forgetIdle();
        }
    }

    /// Looks now and then only: counting what every lane remembers is too much for every bid.
    private void forgetIdle() {
        if (ThreadLocalRandom.current().nextInt(256) != 0
                || (lanes.size() <= LANES && Lane.remembered(lanes.values()) <= limits.remembered())) {
            return;
        }
        // A lane that wakes up again after it was chosen loses nothing: its next bids go through a new one.
        lanes.values().stream()
                .filter(Lane::idle)
                .sorted(Comparator.comparingLong(Lane::lastUsed))
                .limit(Math.max(1, lanes.size() / 4))
                .forEach(lane -> lanes.remove(lane.id(), lane));
    }
}
