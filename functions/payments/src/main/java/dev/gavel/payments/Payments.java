package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.Fact;
import dev.gavel.kernel.PaymentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All payments and their ledger.
interface Payments {

    /// The newest committed state.
    Optional<Payment> find(PaymentId id);

    /// Writes the next state of a payment (its first one when `writes` is 1), the journal of the money that
    /// moved and the facts: all or nothing, only if nobody has written since the state it was decided on, and
    /// no journal
    /// twice.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has, or the journal is there; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been written
    void save(Payment next, @Nullable Journal journal, List<Fact<?>> facts);

    /// Tells the world what `save` has stored. Never fails: what cannot be told now is told later.
    void announce(List<Fact<?>> facts);

    /// The journals of a payment, in no particular order.
    List<Journal> journals(PaymentId id);

    /// Payments of a queue that are to be looked at by this time, roughly those first that have waited longest.
    /// May lag a moment behind.
    List<PaymentId> due(Queue queue, Instant by, int limit);

    /// Some of all payments in an order that stays the same; at most 100.
    ///
    /// @param cursor continues the slice before; null starts from the beginning
    Slice all(int limit, @Nullable String cursor);

    /// The cursor continues it and is absent at its end.
    record Slice(List<Payment> items, @Nullable String cursor) {}

    /// What somebody has to look after.
    enum Queue {
        /// The outcome of a confirmation is not known.
        @JsonProperty("confirming")
        CONFIRMING("confirming"),
        /// Some is to go back to the buyer.
        @JsonProperty("settling")
        SETTLING("settling"),
        /// Some is to be paid out to the seller.
        @JsonProperty("owed")
        OWED("owed");

        private final String label;

        Queue(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
