package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts about registered users. No credentials are in them, and contact details only in
/// {@link UserContactChanged}.
public sealed interface UserEvent extends MarketEvent {

    UserId userId();

    @Override
    default String subject() {
        return userId().value();
    }

    /// Somebody registered.
    @CloudEventType(value = "dev.gavel.user.registered.v1", schema = "1.0")
    record UserRegistered(UserId userId, String displayName, Instant registeredAt) implements UserEvent {}

    /// How a user can be reached from now on: the only fact with contact details, for `notifications` alone.
    /// `language` is what the user reads, a BCP 47 tag such as `ko`, if it is known.
    @CloudEventType(value = "dev.gavel.user.contact-changed.v1", schema = "1.0")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserContactChanged(
            UserId userId, String email, @Nullable String language, Instant changedAt) implements UserEvent {

        /// Facts are written to logs; addresses are not.
        @Override
        public String toString() {
            return "UserContactChanged[" + userId + "]";
        }
    }

    /// A user changed the public profile.
    @CloudEventType(value = "dev.gavel.user.profile-updated.v1", schema = "1.0")
    record UserProfileUpdated(UserId userId, String displayName, Instant updatedAt) implements UserEvent {}
}
