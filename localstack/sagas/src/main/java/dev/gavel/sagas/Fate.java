package dev.gavel.sagas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the effects of the process under test and decides at which of them it dies. An effect is one request that
/// changes something outside of the process: a write, a published fact, money, a message.
final class Fate {

    /// Where a process is to die.
    ///
    /// @param effect the name of an effect
    /// @param after whether the effect happens, and only its answer is lost
    record Death(String effect, boolean after) {}

    private final List<String> effects = new ArrayList<>();
    private final Map<String, Integer> times = new HashMap<>();
    private @Nullable Death death;
    private boolean struck;
    private String step = "";
    private Runnable kill = () -> {};

    /// Begins a run in which the process dies once, or never.
    synchronized void begin(@Nullable Death next) {
        effects.clear();
        times.clear();
        death = next;
        struck = false;
    }

    synchronized void kills(Runnable how) {
        kill = how;
    }

    /// What is being done, for the names of the effects.
    synchronized void step(String name) {
        step = name;
    }

    /// Notes an effect that is about to happen; several can be on their way at once.
    ///
    /// @return its name: what is being done, what it is, and the how manieth of that kind
    synchronized String notes(String effect) {
        String kind = step + ": " + effect;
        String name = kind + " #" + times.merge(kind, 1, Integer::sum);
        effects.add(name);
        return name;
    }

    /// Says whether an effect is not to happen, because the process is dead.
    synchronized boolean before(String effect) {
        return strikes(new Death(effect, false));
    }

    /// Says whether the answer to an effect is not to arrive, because the process is dead.
    synchronized boolean after(String effect) {
        return strikes(new Death(effect, true));
    }

    private boolean strikes(Death now) {
        if (struck || !now.equals(death)) {
            return false;
        }
        struck = true;
        kill.run();
        return true;
    }

    synchronized boolean struck() {
        return struck;
    }

    /// The names of the effects so far.
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }
}
