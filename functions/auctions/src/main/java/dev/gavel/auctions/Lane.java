package dev.gavel.auctions;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Span;
import dev.gavel.runtime.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The bids in flight for one auction. At most one thread works in a lane; it commits batch after batch while the facts
/// of the batches before are being published, and an answer is given only after both.
final class Lane {

    private static final int PUBLISHING = 4;

    private record Waiting(Bid bid, Trace trace, CompletableFuture<Outcome<LedgerEntry>> answer) {}

    private final AuctionId id;
    private final Auctions auctions;
    private final BidLanes.Limits limits;
    private final BidNumbers numbers;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean working = new AtomicBoolean();
    private final Semaphore publishing = new Semaphore(PUBLISHING);
    private CompletableFuture<?> published = CompletableFuture.completedFuture(null);
    private final Settlement settlement;
    private volatile int remembered;
    private volatile long lastUsed = System.nanoTime();

    Lane(AuctionId id, Auctions auctions, BidLanes.Limits limits, BidNumbers numbers) {
        this.id = id;
        this.auctions = auctions;
        this.limits = limits;
        this.numbers = numbers;
        this.settlement = new Settlement(id, auctions, attempt -> {
            numbers.raceLost();
            pause(attempt);
        });
    }

    AuctionId id() {
        return id;
    }

    boolean idle() {
        return queued.get() == 0 && !working.get();
    }

    long lastUsed() {
        return lastUsed;
    }

    static long remembered(Collection<Lane> lanes) {
        return lanes.stream().mapToLong(lane -> lane.remembered).sum();
    }

    CompletableFuture<Outcome<LedgerEntry>> offer(Bid bid) {
        if (queued.incrementAndGet() > limits.waiting()) {
            queued.decrementAndGet();
            throw new Unavailable("too many bids are waiting for this auction; repeat yours in a moment");
        }
        Waiting waiting = new Waiting(bid, Trace.current(), new CompletableFuture<>());
        queue.add(waiting);
        if (working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("lane-" + id).start(this::work);
        }
        return waiting.answer();
    }

    private void work() {
        do {
            List<Waiting> batch = drain();
            while (!batch.isEmpty()) {
                settle(batch);
                batch = drain();
            }
            lastUsed = System.nanoTime();
            working.set(false);
        } while (!queue.isEmpty() && working.compareAndSet(false, true));
    }

    /// Part of the trace of the first bid, and of the others' by links.
    private void settle(List<Waiting> batch) {
        try (Span span = Span.within(batch.getFirst().trace(), Span.Kind.INTERNAL, "commit bids")) {
            span.with("gavel.bids", batch.size());
            batch.forEach(waiting -> span.linked(waiting.trace()));
            span.run(() -> {
                Settlement.Settled settled =
                        settlement.settle(batch.stream().map(Waiting::bid).toList());
                remembered = settlement.remembered();
                numbers.committed(settled.answers());
                answer(batch, settled, span.trace());
            });
        } catch (RuntimeException | Error trouble) {
            // Whatever was written is found again when the auction is loaded anew.
            settlement.forget();
            batch.forEach(waiting -> waiting.answer().completeExceptionally(trouble));
        }
    }

    private List<Waiting> drain() {
        List<Waiting> batch = new ArrayList<>();
        Waiting next;
        while (batch.size() < limits.batch() && (next = queue.poll()) != null) {
            queued.decrementAndGet();
            if (!next.answer().isDone()) {
                batch.add(next);
            }
        }
        if (batch.size() > 1) {
            batch.sort(Comparator.comparing(waiting -> waiting.bid().receivedAt()));
        }
        return batch;
    }

    private void answer(List<Waiting> batch, Settlement.Settled settled, Trace trace) {
        if (settled.facts().isEmpty()) {
            tell(batch, settled.answers());
            return;
        }
        publishing.acquireUninterruptibly();
        published = published.handleAsync(
                (_, _) -> {
                    try {
                        trace.run(() -> auctions.announce(settled.facts()));
                    } finally {
                        publishing.release();
                        tell(batch, settled.answers());
                    }
                    return null;
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static void tell(List<Waiting> batch, List<Outcome<LedgerEntry>> answers) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(answers.get(i));
        }
    }

    private static void pause(int attempt) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 2_000_000L * (attempt + 1)));
    }
}
