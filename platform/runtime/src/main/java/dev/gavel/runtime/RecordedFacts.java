package dev.gavel.runtime;

import dev.gavel.events.Fact;
import java.util.ArrayList;
import java.util.List;

/// Keeps published facts, the first 100,000, instead of sending them: for tests and benches.
public final class RecordedFacts implements FactPublisher {

    private static final int MOST = 100_000;
    private final List<Fact<?>> facts = new ArrayList<>();

    @Override
    public synchronized void publish(Fact<?> fact) {
        if (facts.size() < MOST) {
            facts.add(fact);
        }
    }

    /// What was published so far, in order.
    public synchronized List<Fact<?>> facts() {
        return List.copyOf(facts);
    }

    public synchronized void clear() {
        facts.clear();
    }
}
