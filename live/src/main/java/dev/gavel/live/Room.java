package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everybody who watches one auction, its newest state and its latest deltas. Deltas are taken in the order of their
/// sequence whatever the order they come in, and each exactly once; one that is missing is asked of the store.
final class Room {

    /// Deltas kept for those who come back.
    static final int MOST_RECENT = 512;

    private static final int MOST_RECENT_BYTES = 512 * 1024;
    /// Deltas that wait for those before them.
    private static final int MOST_EARLY = 4096;
    /// After so many times what a delta may wait, an auction counts as quiet.
    private static final int QUIET = 3;

    private final AuctionId id;
    private final Recent recent = new Recent(MOST_RECENT, MOST_RECENT_BYTES);
    private final TreeMap<Long, AuctionDelta> early = new TreeMap<>();
    private final List<Message> unsent = new ArrayList<>();
    private final Map<EventLoop, List<Seat>> seats = new HashMap<>();
    private @Nullable PublicState state;
    private @Nullable Message snapshot;
    private final AtomicInteger underway = new AtomicInteger();
    private boolean queued;
    private long lastFlush = System.nanoTime();
    private boolean closed;
    private int count;
    private int lastCount = -1;
    private long emptySince = System.nanoTime();

    Room(AuctionId id) {
        this.id = id;
    }

    AuctionId id() {
        return id;
    }

    /// What brings somebody to a sequence.
    record News(List<Message> messages, long sequence) {}

    /// Takes a delta of the feed.
    ///
    /// @return what is to be done now
    synchronized Todo accept(AuctionDelta delta) {
        PublicState known = state;
        if (known == null || delta.sequence() > known.sequence() + 1) {
            if (early.size() < MOST_EARLY) {
                early.put(delta.sequence(), delta);
            }
            return known == null ? Todo.NOTHING : Todo.FIND_MISSING;
        }
        if (delta.sequence() <= known.sequence()) {
            return Todo.NOTHING;
        }
        advance(known, delta);
        return flushSoon();
    }

    /// What `accept` leaves to others.
    enum Todo {
        NOTHING,
        FLUSH,
        FIND_MISSING
    }

    private void advance(PublicState known, AuctionDelta delta) {
        AuctionDelta next = delta;
        while (next != null) {
            known.apply(next);
            Message message = Message.of(next);
            recent.add(message);
            unsent.add(message);
            next = early.remove(known.sequence() + 1);
        }
        snapshot = null;
        early.headMap(known.sequence(), true).clear();
    }

    private Todo flushSoon() {
        if (queued) {
            return Todo.NOTHING;
        }
        queued = true;
        return Todo.FLUSH;
    }

    /// Notes that the product was described anew.
    ///
    /// @return whether that concerns those who watch: it is sold here, and there are bids on it
    synchronized boolean revised(ProductId product, Instant at) {
        boolean concerns = state != null && state.revised(product, at);
        if (concerns) {
            snapshot = null;
        }
        return concerns;
    }

    /// Whether deltas are waiting for one that has not come.
    synchronized boolean misses() {
        return state != null && !early.isEmpty();
    }

    synchronized long sequence() {
        return state == null ? 0 : state.sequence();
    }

    /// The state from the store; what the feed has brought meanwhile is added. Takes no step back.
    synchronized void load(PublicState loaded) {
        PublicState known = state;
        if (known != null && known.sequence() >= loaded.sequence()) {
            return;
        }
        state = loaded;
        snapshot = null;
        unsent.clear();
        recent.clear();
        early.headMap(loaded.sequence(), true).clear();
        AuctionDelta next = early.remove(loaded.sequence() + 1);
        if (next != null) {
            advance(loaded, next);
        }
    }

    /// Deltas before those that are kept, told again by the store.
    synchronized void remember(List<AuctionDelta> older) {
        if (state != null) {
            long before = Math.min(recent.first(), state.sequence() + 1);
            recent.prepend(
                    older.stream()
                            .filter(delta -> delta.sequence() < before)
                            .map(Message::of)
                            .toList(),
                    before);
        }
    }

    /// Whether somebody with this sequence can be told everything since without asking the store.
    synchronized boolean remembers(long sequence) {
        return state != null
                && (sequence >= state.sequence() || recent.after(sequence).isPresent());
    }

    /// What somebody who knows the auction up to `sequence` must be told: the deltas since, or the newest state when
    /// they are more than `most` or not kept.
    synchronized News newsAfter(long sequence, int most) {
        PublicState known = state();
        if (sequence >= known.sequence()) {
            return new News(List.of(), sequence);
        }
        Optional<List<Message>> missed = recent.after(sequence);
        return missed.isPresent() && missed.get().size() <= most
                ? new News(missed.get(), known.sequence())
                : new News(List.of(snapshot(known, true)), known.sequence());
    }

    /// The newest state for somebody who knows nothing.
    synchronized News snapshot() {
        PublicState known = state();
        Message message = snapshot;
        if (message == null) {
            message = snapshot(known, false);
            snapshot = message;
        }
        return new News(List.of(message), known.sequence());
    }

    private PublicState state() {
        PublicState known = state;
        if (known == null) {
            throw new IllegalStateException(id + " has not been loaded");
        }
        return known;
    }

    private Message snapshot(PublicState known, boolean skipped) {
        return Message.at(
                known.sequence(),
                "snapshot",
                "auction",
                id.value(),
                "sequence",
                known.sequence(),
                "skipped",
                skipped,
                "state",
                known.view());
    }

    /// Adds a seat on its connection's event loop, which is the one that calls.
    ///
    /// @return false when the room has been closed: there is another by now
    boolean sit(Seat seat) {
        List<Seat> here;
        synchronized (this) {
            if (closed) {
                return false;
            }
            here = seats.computeIfAbsent(seat.connection().loop(), _ -> new ArrayList<>());
            count++;
        }
        seat.index = here.size();
        here.add(seat);
        return true;
    }

    /// Takes a seat away again, on its connection's event loop.
    void leave(Seat seat) {
        List<Seat> here;
        synchronized (this) {
            here = seats.getOrDefault(seat.connection().loop(), new ArrayList<>());
            count--;
            if (count == 0) {
                emptySince = System.nanoTime();
            }
        }
        Seat last = here.removeLast();
        if (last != seat) {
            here.set(seat.index, last);
            last.index = seat.index;
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized boolean emptyFor(long nanos) {
        return count == 0 && System.nanoTime() - emptySince > nanos;
    }

    /// Closes it when it has been empty for so long.
    synchronized boolean closeAfter(long nanos) {
        closed = closed || emptyFor(nanos);
        return closed;
    }

    /// When what has come must go, by `System.nanoTime()`: at once after a quiet while, otherwise after `wait`, so that
    /// others can go with it.
    synchronized long due(long wait) {
        long now = System.nanoTime();
        return now - lastFlush > QUIET * wait ? now : now + wait;
    }

    /// Sends what has come since the last time to everybody.
    ///
    /// @return false when the last frame has not been written to all yet: more may join the next meanwhile
    boolean flush() {
        List<Message> messages;
        synchronized (this) {
            if (underway.get() > 0) {
                return false;
            }
            queued = false;
            lastFlush = System.nanoTime();
            messages = List.copyOf(unsent);
            unsent.clear();
        }
        if (!messages.isEmpty()) {
            tell(messages);
        }
        return true;
    }

    /// How many watch, when it is not what was said last; -1 otherwise.
    synchronized int changedCount(int elsewhere) {
        int now = count + elsewhere;
        if (now == lastCount) {
            return -1;
        }
        lastCount = now;
        return now;
    }

    /// Lets everybody who was told less catch up, for example after a jump.
    void refresh() {
        everywhere(here -> each(here, Seat::refresh));
    }

    /// Gives messages to every seat, each on its own event loop.
    void tell(List<Message> messages) {
        everywhere(here -> {
            try (Frame frame = new Frame(messages)) {
                each(here, seat -> seat.offer(frame));
            }
        });
    }

    /// A seat may leave while it is told something.
    private static void each(List<Seat> here, Consumer<Seat> step) {
        for (int i = here.size() - 1; i >= 0; i--) {
            step.accept(here.get(i));
        }
    }

    private void everywhere(Consumer<List<Seat>> step) {
        Map<EventLoop, List<Seat>> everybody;
        synchronized (this) {
            everybody = Map.copyOf(seats);
        }
        everybody.forEach((loop, here) -> {
            underway.incrementAndGet();
            try {
                loop.execute(() -> {
                    try {
                        step.accept(here);
                    } finally {
                        underway.decrementAndGet();
                    }
                });
            } catch (RejectedExecutionException _) {
                // The event loop has ended, and its connections with it.
                underway.decrementAndGet();
            }
        });
    }
}
