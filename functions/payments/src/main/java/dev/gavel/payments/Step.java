package dev.gavel.payments;

import dev.gavel.events.PaymentEvent;
import org.jspecify.annotations.Nullable;

/// What an event makes of a payment: its next state, the money that moves and the fact, all committed together.
record Step(
        Payment next, @Nullable Journal journal, @Nullable PaymentEvent event) {

    /// Nothing changes when `next` is the state itself.
    static Step to(Payment next) {
        return new Step(next, null, null);
    }
}
