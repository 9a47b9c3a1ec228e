package dev.gavel.payments;

import dev.gavel.kernel.PaymentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Does something for each of some payments, eight at once, and begins none after 8 seconds: what is left waits
/// for the next tick.
final class Batch {

    private static final int AT_ONCE = 8;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

    private final Clock clock;

    Batch(Clock clock) {
        this.clock = clock;
    }

    /// @param work tells whether something has changed
    /// @return how often it has
    /// @throws RuntimeException the first trouble, after the others have had their turn
    int run(List<PaymentId> ids, Predicate<PaymentId> work) {
        Instant until = clock.instant().plus(LONG_ENOUGH);
        AtomicInteger changed = new AtomicInteger();
        ConcurrentLinkedQueue<RuntimeException> troubles = new ConcurrentLinkedQueue<>();
        Semaphore room = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (PaymentId id : ids) {
                room.acquireUninterruptibly();
                if (clock.instant().isAfter(until)) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        if (work.test(id)) {
                            changed.incrementAndGet();
                        }
                    } catch (RuntimeException trouble) {
                        troubles.add(trouble);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        RuntimeException first = troubles.poll();
        if (first != null) {
            troubles.forEach(first::addSuppressed);
            throw first;
        }
        return changed.get();
    }
}
