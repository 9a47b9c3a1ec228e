package dev.gavel.accounts;

import java.time.Instant;
import java.util.Optional;

/// The sessions in which users are signed in.
interface Sessions {

    void start(Session session);

    /// The newest state of the session.
    Optional<Session> find(String familyId);

    /// Puts the next generation in the place of the one it was made from.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when that one is not the current one, or the session was revoked
    void rotate(Session from, Session to);

    /// Ends a session for good; does nothing when there is no such session or it was revoked before.
    void revoke(String familyId, Instant now);
}
