package dev.gavel.sagas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts the effects of the process under test and decides at which of them it dies. An effect is one request that
/// changes something outside of the process: a write, a published fact, money, a message.
final class Fate {

    /// Where a process is to die.
    ///
    /// @param effect the name of an effect
    /// @param after whether the effect happens, and only its answer is lost
    record Death(String effect, boolean after) {}

    /// An effect there was.
    ///
    /// @param story what had been done before: after the same story it is the same in every way of a trade
    /// @param name what is being done, what it is, and the how manieth of that kind
    record Effect(String story, String name) {}

    private final List<Effect> effects = new ArrayList<>();
    private final Set<Effect> following = new HashSet<>();
    private int onTheirWay;
    private boolean first;
    private final Map<String, Integer> times = new HashMap<>();
    private @Nullable Death death;
    private boolean struck;
    private String step = "";
    private String story = "";
    private Runnable kill = () -> {};

    /// Begins a run in which the process dies once, or never.
    synchronized void begin(@Nullable Death next) {
        effects.clear();
        times.clear();
        following.clear();
        onTheirWay = 0;
        story = "";
        death = next;
        struck = false;
    }

    synchronized void kills(Runnable how) {
        kill = how;
    }

    /// A request begins.
    ///
    /// @param name what is being done, for the names of the effects
    synchronized void step(String name) {
        step = name;
        first = true;
    }

    /// Somebody does something, or time passes.
    synchronized void act(String name) {
        story += name + " ";
    }

    /// Notes an effect that is about to happen; several can be on their way at once.
    ///
    /// @return its name: what is being done, what it is, and the how manieth of that kind
    synchronized String notes(String effect) {
        String kind = step + ": " + effect;
        String name = kind + " #" + times.merge(kind, 1, Integer::sum);
        Effect noted = new Effect(story, name);
        effects.add(noted);
        if (!first && onTheirWay == 0) {
            following.add(noted);
        }
        first = false;
        onTheirWay++;
        return name;
    }

    /// Says whether an effect is not to happen, because the process is dead.
    synchronized boolean before(String effect) {
        return strikes(new Death(effect, false));
    }

    /// Says whether the answer to an effect is not to arrive, because the process is dead.
    synchronized boolean after(String effect) {
        onTheirWay--;
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

    /// The effects so far.
    synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /// Where the process can die around an effect that there was: before and after. When it followed another effect of
    /// the same request and nothing else was on its way, the death before it leaves the same world as the one after
    /// that other, and is left out.
    synchronized List<Death> deaths(Effect effect) {
        Death after = new Death(effect.name(), true);
        return following.contains(effect) ? List.of(after) : List.of(new Death(effect.name(), false), after);
    }
}
