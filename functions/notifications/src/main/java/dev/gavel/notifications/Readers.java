package dev.gavel.notifications;

import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.util.function.UnaryOperator;

/// Everybody who can be told things.
interface Readers {

    int ATTEMPTS = 5;

    /// The newest state; `Reader.unknown` when nothing was ever stored.
    Reader find(UserId id);

    /// Writes the next state, only if nobody has written since the one it was decided on.
    ///
    /// @throws StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been written
    void save(Reader next);

    /// Writes what a rule makes of the newest state.
    ///
    /// @throws StaleWrite when others were faster again and again
    default Reader change(UserId id, UnaryOperator<Reader> rule) {
        for (int attempt = 1; ; attempt++) {
            Reader now = find(id);
            Reader next = rule.apply(now);
            if (next.equals(now)) {
                return now;
            }
            try {
                save(next);
                return next;
            } catch (StaleWrite stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
            }
        }
    }
}
