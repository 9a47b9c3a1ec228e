package dev.gavel.auctions;

import java.util.List;

/// How far the next bid must rise above the current price: a table of steps in minor units, the first from zero, each
/// valid up to the next.
record Increments(List<Step> steps) {

    /// From this price on, bids rise by at least `by`.
    record Step(long from, long by) {}

    Increments {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.getFirst().from() != 0) {
            throw new IllegalArgumentException("an increment table starts with a step from 0");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).by() <= 0
                    || (i > 0 && steps.get(i).from() <= steps.get(i - 1).from())) {
                throw new IllegalArgumentException("increments are positive and their steps rise: " + steps);
            }
        }
    }

    long at(long price) {
        long by = steps.getFirst().by();
        for (Step step : steps) {
            if (price < step.from()) {
                break;
            }
            by = step.by();
        }
        return by;
    }
}
