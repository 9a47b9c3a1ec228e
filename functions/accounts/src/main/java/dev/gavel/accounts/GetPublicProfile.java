package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.Optional;

/// Shows anybody what others may know of a user. Refused: {@link ProfileRejected.Unknown}.
final class GetPublicProfile implements UseCase<GetPublicProfile.Command, GetPublicProfile.Receipt> {

    record Command(UserId userId) {}

    record Receipt(UserId userId, String displayName, Instant registeredAt) {}

    private final Users users;

    GetPublicProfile(Users users) {
        this.users = users;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Optional<User> found = users.byId(call.command().userId());
        if (found.isEmpty()) {
            return Outcome.rejected(new ProfileRejected.Unknown());
        }
        User user = found.get();
        return Outcome.accepted(new Receipt(user.id(), user.displayName().value(), user.registeredAt()));
    }
}
