package dev.gavel.events;

import dev.gavel.kernel.UserId;
import java.time.Instant;

/// Facts about registered users. No credentials and no contact details: those stay in `accounts`.
public sealed interface UserEvent extends MarketEvent {

    UserId userId();

    @Override
    default String subject() {
        return userId().value();
    }

    /// Somebody registered.
    @CloudEventType(value = "dev.gavel.user.registered.v1", schema = "1.0")
    record UserRegistered(UserId userId, String displayName, Instant registeredAt) implements UserEvent {}

    /// A user changed the public profile.
    @CloudEventType(value = "dev.gavel.user.profile-updated.v1", schema = "1.0")
    record UserProfileUpdated(UserId userId, String displayName, Instant updatedAt) implements UserEvent {}
}
