package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Shows users what is known of themselves. Refused: {@link ProfileRejected.Unknown} for a token that
/// outlived its user.
final class GetProfile implements UseCase<GetProfile.Command, GetProfile.Receipt> {

    record Command() {}

    record Receipt(UserId userId, String email, String displayName, List<String> roles, Instant registeredAt) {

        static Receipt of(User user) {
            return new Receipt(
                    user.id(),
                    user.email().value(),
                    user.displayName().value(),
                    user.roles().stream().sorted().toList(),
                    user.registeredAt());
        }

        @Override
        public String toString() {
            return "Receipt[" + userId + "]";
        }
    }

    private final Users users;

    GetProfile(Users users) {
        this.users = users;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Optional<User> user = users.byId(call.user());
        return user.isPresent()
                ? Outcome.accepted(Receipt.of(user.get()))
                : Outcome.rejected(new ProfileRejected.Unknown());
    }
}
