package dev.gavel.broker;

import java.util.concurrent.atomic.LongAdder;

/// Counts what happens to the events of one Trigger, from the start of the plane.
final class TriggerCounters {
    final LongAdder delivered = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder replied = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder dropped = new LongAdder();
}
