package dev.gavel.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Watches the requests in work: one that is over its time is answered for by `late`, and unless its own
/// answer came first after all its thread is interrupted.
/// One look at all of them every so often is far cheaper than a timer for each.
final class Deadlines implements AutoCloseable {

    /// Each is only equal to itself.
    static final class Watched {

        private final Exchange exchange;
        private final Thread thread;
        private final long deadline;

        private Watched(Exchange exchange, Thread thread, long deadline) {
            this.exchange = exchange;
            this.thread = thread;
            this.deadline = deadline;
        }
    }

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final Duration limit;
    private final Predicate<Exchange> late;
    private final Thread watch;

    Deadlines(Duration limit, Predicate<Exchange> late) {
        this.limit = limit;
        this.late = late;
        this.watch = Thread.ofVirtual().name("deadlines").start(this::watch);
    }

    Watched start(Exchange exchange) {
        Watched entry = new Watched(exchange, Thread.currentThread(), System.nanoTime() + limit.toNanos());
        watched.add(entry);
        return entry;
    }

    void end(Watched entry) {
        watched.remove(entry);
    }

    private void watch() {
        Duration pause = limit.dividedBy(10);
        Duration longest = Duration.ofMillis(250);
        try {
            while (true) {
                Thread.sleep(pause.compareTo(longest) < 0 ? pause : longest);
                long now = System.nanoTime();
                for (Watched entry : watched) {
                    if (entry.deadline - now < 0 && watched.remove(entry)) {
                        // Its own thread, because a client that does not read would hold up the watch.
                        Thread.ofVirtual().start(() -> {
                            if (late.test(entry.exchange)) {
                                entry.thread.interrupt();
                            }
                        });
                    }
                }
            }
        } catch (InterruptedException e) {
            // The host is closed.
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
