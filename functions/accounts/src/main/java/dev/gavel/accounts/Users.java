package dev.gavel.accounts;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.kernel.UserId;
import java.util.List;
import java.util.Optional;

/// The registered users; no two have the same e-mail address.
interface Users {

    /// Adds a user together with the facts of it; false when the address is taken, and then nothing was
    /// stored. It does not wait until the facts are published: by its delay the answer would tell which
    /// addresses are free.
    boolean register(User user, List<Fact<? extends UserEvent>> facts);

    /// Does the same work whether there is such a user or not.
    Optional<User> byEmail(Email email);

    Optional<User> byId(UserId id);

    /// Stores a changed user together with the fact of it.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody else stored a change of this user first
    void save(User changed, Fact<UserProfileUpdated> fact);
}
