package dev.gavel.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A wiring class with a bean that takes long to make and needs nothing but settings: a client of a service. The
/// process of a function makes that bean in a thread of its own while everything else starts,
/// where the wiring became code (see [AheadOfTime]).
public interface Ahead<T> {

    /// The name of the bean.
    String bean();

    /// Makes the bean, as its bean method does.
    ///
    /// @throws CannotStart when a setting is missing or malformed
    T make(Settings settings);

    /// Begins to make all of them.
    ///
    /// @return the beans by their names, each to be waited for; what could not be made throws why
    static Map<String, Supplier<?>> begin(List<Ahead<?>> all, Settings settings) {
        Map<String, Supplier<?>> beans = new HashMap<>();
        for (Ahead<?> each : all) {
            beans.put(each.bean(), begin(each, settings));
        }
        return beans;
    }

    private static <T> Supplier<T> begin(Ahead<T> ahead, Settings settings) {
        FutureTask<T> made = new FutureTask<>(() -> ahead.make(settings));
        Thread.ofVirtual().name("ahead-" + ahead.bean()).start(made);
        return () -> waitedFor(made);
    }

    private static <T> T waitedFor(FutureTask<T> made) {
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while it started.", e);
        }
    }
}
