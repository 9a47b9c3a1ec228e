package dev.gavel.runtime;

import java.time.Duration;
import java.time.Instant;

/// Which events a use case has handled, by source and id, so that an event delivered 200 times has one
/// effect.
public interface Inbox {

    enum Claim {
        CLAIMED,
        /// Another delivery of the same event is being handled right now.
        RUNNING,
        HANDLED
    }

    Claim claim(String useCase, String source, String id, Instant now, Duration lease);

    void handled(String useCase, String source, String id);

    /// Gives a claim back after trouble, so that the next delivery tries again.
    void release(String useCase, String source, String id);
}
