package dev.gavel.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The newest deltas of one auction without a gap, as many as fit into the bounds.
final class Recent {

    private final ArrayDeque<Message> deltas = new ArrayDeque<>();
    private final int most;
    private final int mostBytes;
    private int bytes;

    Recent(int most, int mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /// The delta that follows the newest.
    void add(Message message) {
        deltas.addLast(message);
        bytes += message.json().length;
        while (deltas.size() > most || (bytes > mostBytes && deltas.size() > 1)) {
            bytes -= deltas.removeFirst().json().length;
        }
    }

    /// Puts older ones, told again by the store, before those that are here. Those that do not fit are left out.
    ///
    /// @param before the sequence that the last of them comes right before
    void prepend(List<Message> older, long before) {
        long next = before - 1;
        for (Message message : older.reversed()) {
            if (message.sequence() != next || deltas.size() >= most || bytes + message.json().length > mostBytes) {
                return;
            }
            deltas.addFirst(message);
            bytes += message.json().length;
            next--;
        }
    }

    void clear() {
        deltas.clear();
        bytes = 0;
    }

    /// Everything after one sequence; empty when that is no longer here in full.
    Optional<List<Message>> after(long sequence) {
        if (deltas.isEmpty() || deltas.getFirst().sequence() > sequence + 1) {
            return Optional.empty();
        }
        List<Message> missed = new ArrayList<>();
        for (var newest = deltas.descendingIterator(); newest.hasNext(); ) {
            Message message = newest.next();
            if (message.sequence() <= sequence) {
                break;
            }
            missed.add(message);
        }
        return Optional.of(missed.reversed());
    }

    long first() {
        return deltas.isEmpty() ? Long.MAX_VALUE : deltas.getFirst().sequence();
    }
}
