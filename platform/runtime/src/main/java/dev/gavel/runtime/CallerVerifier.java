package dev.gavel.runtime;

import dev.gavel.kernel.Caller;

/// Tells who a bearer token belongs to. Tests and benches may put their own in its place.
@FunctionalInterface
public interface CallerVerifier {

    /// @throws TokenRefused when the token is malformed, not ours, not signed by us or not valid now
    /// @throws dev.gavel.kernel.Unavailable when the keys to check it with cannot be had
    Caller.User verify(String token);

    /// Gets ready for the first token, for example by fetching keys; never fails.
    default void warm() {}
}
