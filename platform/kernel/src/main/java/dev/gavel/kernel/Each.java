package dev.gavel.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Does the same for each of many, some at once. One that fails does not keep the others from being done.
public final class Each {

    private Each() {}

    /// Returns when all are done.
    ///
    /// @param step whether it did something
    /// @return how many steps did something
    /// @throws RuntimeException the first trouble, after all have been tried: the caller is
    /// tried again for what is left
    public static <T> int of(Collection<T> all, int atOnce, Predicate<T> step) {
        return of(all, atOnce, () -> true, step);
    }

    /// The same, but begins none any more after so long: what is left is left out.
    public static <T> int within(Duration limit, Collection<T> all, int atOnce, Predicate<T> step) {
        long begun = System.nanoTime();
        return of(all, atOnce, () -> System.nanoTime() - begun < limit.toNanos(), step);
    }

    /// The same, but begins none any more once `more` says no: what is left is left out.
    static <T> int of(Collection<T> all, int atOnce, BooleanSupplier more, Predicate<T> step) {
        AtomicInteger done = new AtomicInteger();
        Semaphore room = new Semaphore(atOnce);
        List<RuntimeException> troubles = new CopyOnWriteArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                room.acquireUninterruptibly();
                if (!more.getAsBoolean()) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        if (step.test(one)) {
                            done.incrementAndGet();
                        }
                    } catch (RuntimeException trouble) {
                        troubles.add(trouble);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        if (!troubles.isEmpty()) {
            RuntimeException first = troubles.getFirst();
            troubles.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        return done.get();
    }
}
