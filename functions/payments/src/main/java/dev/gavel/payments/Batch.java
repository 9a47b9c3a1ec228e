package dev.gavel.payments;

import dev.gavel.kernel.Each;
import dev.gavel.kernel.PaymentId;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// Does something for each of some payments, eight at once, and begins none after 8 seconds: what is left waits
/// for the next tick.
final class Batch {

    private static final int AT_ONCE = 8;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

    private Batch() {}

    /// @param work tells whether something has changed
    /// @return how often it has
    /// @throws RuntimeException the first trouble, after the others have had their turn
    static int run(List<PaymentId> ids, Predicate<PaymentId> work) {
        return Each.within(LONG_ENOUGH, ids, AT_ONCE, work);
    }
}
