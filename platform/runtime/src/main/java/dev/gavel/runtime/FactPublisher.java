package dev.gavel.runtime;

import dev.gavel.events.Fact;

/// Hands facts to the Broker of this context.
public interface FactPublisher {

    /// Returns when the Broker has stored the fact.
    ///
    /// @throws dev.gavel.kernel.Unavailable when it did not answer in time or refused
    void publish(Fact<?> fact);
}
