package dev.gavel.kernel;

import java.time.Instant;

/// One request to a use case. `receivedAt` is the time the server received it, which decides every question of time;
/// `requestId` is the same for every repetition of the same request: the caller's `Idempotency-Key`, or source and id
/// of an event.
public record Call<C>(C command, Caller caller, Instant receivedAt, String requestId) {

    /// The user who calls.
    ///
    /// @throws IllegalStateException when the caller is none, which a route that demands one makes impossible
    public UserId user() {
        if (caller instanceof Caller.User(UserId id, var _)) {
            return id;
        }
        throw new IllegalStateException("this use case needs a signed-in user, but " + caller + " called");
    }
}
