package dev.gavel.testkit;

import dev.gavel.events.Fact;
import java.util.ArrayList;
import java.util.List;

/// What every store in memory does with facts: it remembers those it has stored and those it has announced. Safe for
/// many threads.
public class RememberedFacts {

    private final List<Fact<?>> stored = new ArrayList<>();
    private final List<Fact<?>> announced = new ArrayList<>();

    protected final void store(List<Fact<?>> facts) {
        synchronized (stored) {
            stored.addAll(facts);
        }
    }

    public final void announce(List<Fact<?>> facts) {
        synchronized (announced) {
            announced.addAll(facts);
        }
    }

    /// The facts written together with a state, in order.
    public final List<Fact<?>> stored() {
        synchronized (stored) {
            return List.copyOf(stored);
        }
    }

    /// The facts the world was told, in order, with repetitions.
    public final List<Fact<?>> announced() {
        synchronized (announced) {
            return List.copyOf(announced);
        }
    }
}
