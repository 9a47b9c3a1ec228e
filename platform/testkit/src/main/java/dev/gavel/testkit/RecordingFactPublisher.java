package dev.gavel.testkit;

import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.FactPublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A Broker that only remembers, and can be told not to take facts. Safe for many threads.
public final class RecordingFactPublisher implements FactPublisher {

    private final List<Fact<?>> facts = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Predicate<Fact<?>> refused = _ -> false;

    @Override
    public void publish(Fact<?> fact) {
        attempts.incrementAndGet();
        if (refused.test(fact)) {
            throw new Unavailable("the test told the Broker not to take " + fact.id());
        }
        facts.add(fact);
    }

    /// What was published, in order, with repetitions.
    public List<Fact<?>> facts() {
        return List.copyOf(facts);
    }

    /// The data of the published facts of one sort, in order.
    public <E extends MarketEvent> List<E> facts(Class<E> event) {
        return facts.stream()
                .map(Fact::data)
                .filter(event::isInstance)
                .map(event::cast)
                .toList();
    }

    public List<String> ids() {
        return facts.stream().map(Fact::id).toList();
    }

    /// How often somebody tried, with or without success.
    public int attempts() {
        return attempts.get();
    }

    public void refuseEverything() {
        refused = _ -> true;
    }

    public void refuse(Predicate<Fact<?>> which) {
        refused = which;
    }

    public void takeEverything() {
        refused = _ -> false;
    }

    public void forget() {
        facts.clear();
        attempts.set(0);
    }
}
