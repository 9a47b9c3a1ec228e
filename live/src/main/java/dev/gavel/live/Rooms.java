package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rooms of this replica: opened by the first who wants to watch, closed a while after the last has gone.
final class Rooms implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final Duration KEPT_EMPTY = Duration.ofSeconds(60);
    /// Facts of one auction may overtake each other by so much.
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /// How long a room waits for the event loops to be done with its last frame before it looks again.
    private static final Duration BUSY = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Map<AuctionId, Entry> rooms = new ConcurrentHashMap<>();
    private final DelayQueue<Unsent> unsent = new DelayQueue<>();
    private final ExecutorService questions = Executors.newVirtualThreadPerTaskExecutor();
    private final Auctions auctions;
    private final Numbers numbers;
    private final Duration coalescing;
    private final int most;
    private final Thread flusher;
    private volatile boolean closed;

    /// @param coalescing how long deltas may wait for others to go with them, when there are many
    /// @param most rooms at a time
    Rooms(Auctions auctions, Numbers numbers, Duration coalescing, int most) {
        this.auctions = auctions;
        this.numbers = numbers;
        this.coalescing = coalescing;
        this.most = most;
        this.flusher = Thread.ofPlatform().name("flush").daemon().start(this::flush);
    }

    /// A room, the promise that it can be used, and the turn of those who ask the store for it.
    record Entry(Room room, CompletableFuture<Boolean> ready, ReentrantLock asking) {}

    /// A delta of the feed.
    void accept(AuctionDelta delta) {
        Entry entry = rooms.get(delta.auction());
        if (entry != null) {
            todo(entry, entry.room().accept(delta));
        }
    }

    /// Whether somebody watches it.
    boolean watched(AuctionId id) {
        return rooms.containsKey(id);
    }

    private void todo(Entry entry, Room.Todo todo) {
        switch (todo) {
            case NOTHING -> {}
            case FLUSH -> {
                Room room = entry.room();
                unsent.add(new Unsent(room, room.due(coalescing.toNanos())));
            }
            case FIND_MISSING -> questions.execute(() -> findMissing(entry));
        }
    }

    /// The room of an auction; empty when there are too many.
    Optional<Entry> enter(AuctionId id) {
        Entry known = rooms.get(id);
        if (known == null) {
            if (rooms.size() >= most) {
                return Optional.empty();
            }
            Entry fresh = new Entry(new Room(id), new CompletableFuture<>(), new ReentrantLock());
            known = rooms.putIfAbsent(id, fresh);
            if (known == null) {
                questions.execute(() -> load(fresh));
                known = fresh;
            }
        }
        return Optional.of(known);
    }

    /// Completes when the room can tell what happened after `sequence`, as far back as is kept: with false when there
    /// is no such auction.
    ///
    /// @param sequence negative for somebody who knows nothing
    CompletableFuture<Boolean> ready(Entry entry, long sequence) {
        return entry.ready().thenCompose(known -> {
            if (!known || sequence < 0 || entry.room().remembers(sequence)) {
                if (known && sequence >= 0) {
                    numbers.resumedFromMemory.increment();
                }
                return CompletableFuture.completedFuture(known);
            }
            return CompletableFuture.supplyAsync(() -> recall(entry, sequence), questions);
        });
    }

    private boolean recall(Entry entry, long sequence) {
        entry.asking().lock();
        try {
            if (!entry.room().remembers(sequence)) {
                entry.room().remember(auctions.deltas(entry.room().id(), sequence, Room.MOST_RECENT));
                numbers.resumedFromStore.increment();
            }
        } catch (Unavailable e) {
            // Whoever resumes is told the newest state instead, and that something was left out.
            LOG.warn("{} cannot be told again: {}", entry.room().id(), e.getMessage());
        } finally {
            entry.asking().unlock();
        }
        return true;
    }

    private void load(Entry entry) {
        Room room = entry.room();
        try {
            Optional<PublicState> found = patiently(() -> auctions.find(room.id()), room);
            if (found == null) {
                rooms.remove(room.id(), entry);
                entry.ready().completeExceptionally(new Unavailable("nobody waits for it any more"));
            } else if (found.isEmpty()) {
                rooms.remove(room.id(), entry);
                entry.ready().complete(false);
            } else {
                room.load(found.get());
                entry.ready().complete(true);
                todo(entry, room.misses() ? Room.Todo.FIND_MISSING : Room.Todo.NOTHING);
            }
        } catch (RuntimeException e) {
            LOG.error("{} cannot be loaded", room.id(), e);
            rooms.remove(room.id(), entry);
            entry.ready().completeExceptionally(e);
        }
    }

    private void findMissing(Entry entry) {
        Room room = entry.room();
        if (!entry.asking().tryLock()) {
            return;
        }
        try {
            Thread.sleep(PATIENCE);
            while (room.misses() && !closed) {
                numbers.gapsFilled.increment();
                long before = room.sequence();
                List<AuctionDelta> missing =
                        patiently(() -> auctions.deltas(room.id(), before, Room.MOST_RECENT), room);
                if (missing == null) {
                    return;
                }
                if (missing.isEmpty() || missing.getFirst().sequence() == before + 1) {
                    missing.forEach(delta -> todo(entry, flushOnly(room.accept(delta))));
                } else {
                    Optional<PublicState> newest = patiently(() -> auctions.find(room.id()), room);
                    if (newest != null && newest.isPresent()) {
                        room.load(newest.get());
                        room.refresh();
                    }
                }
                if (room.sequence() == before) {
                    // Told by the feed but not yet known to the store: a replica of it may lag.
                    Thread.sleep(PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            entry.asking().unlock();
        }
    }

    private static Room.Todo flushOnly(Room.Todo todo) {
        return todo == Room.Todo.FIND_MISSING ? Room.Todo.NOTHING : todo;
    }

    private interface Question<T> {
        T ask();
    }

    /// Asks until there is an answer; null when nobody is left who waits for it.
    private <T> @Nullable T patiently(Question<T> question, Room room) {
        Duration pause = Duration.ofMillis(50);
        while (!closed) {
            try {
                return question.ask();
            } catch (Unavailable e) {
                LOG.debug("{}: {}", room.id(), e.getMessage());
                if (room.emptyFor(KEPT_EMPTY.toNanos())) {
                    return null;
                }
            }
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
        return null;
    }

    /// A room with something to tell, and when that must go.
    private record Unsent(Room room, long due) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return other instanceof Unsent unsent ? Long.signum(due - unsent.due) : 0;
        }
    }

    private void flush() {
        try {
            while (!closed) {
                Room room = unsent.take().room();
                if (!room.flush()) {
                    unsent.add(new Unsent(room, System.nanoTime() + BUSY.toNanos()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Collection<Room> all() {
        return rooms.values().stream().map(Entry::room).toList();
    }

    /// Closes rooms that have been empty for a while.
    void sweep() {
        rooms.values().removeIf(entry -> entry.ready().isDone() && entry.room().closeAfter(KEPT_EMPTY.toNanos()));
    }

    @Override
    public void close() {
        closed = true;
        flusher.interrupt();
        questions.shutdownNow();
    }
}
