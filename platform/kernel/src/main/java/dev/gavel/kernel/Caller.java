package dev.gavel.kernel;

import java.util.Set;

/// Who asks.
public sealed interface Caller {

    /// Nobody we know: no token was sent.
    record Anonymous() implements Caller {}

    /// A registered user with a verified token; roles such as `operator` come from the token.
    record User(UserId id, Set<String> roles) implements Caller {}

    /// The platform itself: an event from the broker or a tick, named by its CloudEvent source.
    record Platform(String source) implements Caller {}

    Caller ANONYMOUS = new Anonymous();
}
