package dev.gavel.accounts;

import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.Set;

/// A registered user.
///
/// @param roles what the user may do beyond the ordinary, such as `operator`; given in the store, never by
/// a request
/// @param facts how many facts were told about the user so far: the sequence of the last one, and the
/// version a change is conditional on
record User(
        UserId id,
        Email email,
        DisplayName displayName,
        String passwordHash,
        Set<String> roles,
        Instant registeredAt,
        long facts) {

    User renamed(DisplayName name) {
        return new User(id, email, name, passwordHash, roles, registeredAt, facts + 1);
    }

    @Override
    public String toString() {
        return id.value();
    }
}
