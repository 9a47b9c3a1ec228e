package dev.gavel.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which records of one consumer may start, which must wait, and how far each partition may be committed. Ordered: one
/// at a time in a partition. Unordered: up to a limit over all partitions. A position never passes an unfinished
/// record, so a crash repeats records but loses none.
final class InFlight<R> {
    private final boolean ordered;
    private final int limit;
    private final Map<Integer, Lane<R>> lanes = new HashMap<>();
    private final ArrayDeque<Integer> turns = new ArrayDeque<>();
    private int running;
    private int waiting;

    InFlight(boolean ordered, int limit) {
        this.ordered = ordered;
        this.limit = limit;
    }

    /// Takes a record in; it waits until [#next()] hands it out.
    synchronized void received(int partition, long offset, R item) {
        var lane = lane(partition, offset);
        lane.unfinished.add(offset);
        lane.waiting.add(item);
        lane.position = offset + 1;
        turns.add(partition);
        waiting++;
    }

    /// Notes a record that nobody wants: it is done without ever starting.
    synchronized void skipped(int partition, long offset) {
        lane(partition, offset).position = offset + 1;
    }

    /// Hands out a record that may start now.
    synchronized Optional<R> next() {
        if (!ordered && running >= limit) {
            return Optional.empty();
        }
        for (var turn : turns) {
            var lane = lanes.get(turn);
            if (lane != null && !(ordered && lane.running)) {
                turns.removeFirstOccurrence(turn);
                lane.running = true;
                running++;
                waiting--;
                return Optional.of(lane.waiting.remove());
            }
        }
        return Optional.empty();
    }

    /// Marks a started record as done, however it ended.
    synchronized void finished(int partition, long offset) {
        var lane = lane(partition, offset);
        lane.unfinished.remove(offset);
        lane.running = false;
        running--;
    }

    /// The partitions that must not be read further for now, because as many records wait as may run.
    synchronized List<Integer> full() {
        var full = new ArrayList<Integer>();
        lanes.forEach((partition, lane) -> {
            if ((ordered ? lane.waiting.size() : waiting) >= limit) {
                full.add(partition);
            }
        });
        return full;
    }

    /// How many records have started and not finished.
    synchronized int running() {
        return running;
    }

    /// Per partition, the offset everything below which is finished.
    synchronized Map<Integer, Long> committable() {
        var positions = new HashMap<Integer, Long>();
        lanes.forEach((partition, lane) ->
                positions.put(partition, lane.unfinished.isEmpty() ? lane.position : lane.unfinished.first()));
        return positions;
    }

    private Lane<R> lane(int partition, long offset) {
        return lanes.computeIfAbsent(partition, _ -> new Lane<>(offset));
    }

    private static final class Lane<R> {
        private final ArrayDeque<R> waiting = new ArrayDeque<>();
        private final TreeSet<Long> unfinished = new TreeSet<>();
        private long position;
        private boolean running;

        private Lane(long position) {
            this.position = position;
        }
    }
}
