package dev.gavel.bench;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Work done by several virtual threads at once.
final class Lanes {

    private Lanes() {}

    /// Does the work on every item, on so many at once; the order is only roughly kept. The first failure
    /// stops it.
    ///
    /// @throws IllegalStateException with the failure as its cause
    static <T> void forEach(Collection<T> items, int atOnce, Consumer<T> work) {
        Iterator<T> rest = items.iterator();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int lane = 0; lane < atOnce; lane++) {
                lanes.execute(() -> {
                    try {
                        for (T item = next(rest); item != null && failure.get() == null; item = next(rest)) {
                            work.accept(item);
                        }
                    } catch (RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    }
                });
            }
        }
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException(first.getMessage(), first);
        }
    }

    private static <T> @Nullable T next(Iterator<T> rest) {
        synchronized (rest) {
            return rest.hasNext() ? rest.next() : null;
        }
    }
}
