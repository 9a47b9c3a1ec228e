package dev.gavel.runtime;

import dev.gavel.events.AnyEvent;

/// Hands events that somebody else made, unchanged, to Brokers beside the one of this context.
public interface EventPublisher {

    /// Returns when the Broker has stored the event.
    ///
    /// @param broker the name of a Broker of our namespace, such as `auctions`; never taken from an event
    /// @throws dev.gavel.kernel.Unavailable when it did not answer in time or refused
    void publish(String broker, AnyEvent event);
}
