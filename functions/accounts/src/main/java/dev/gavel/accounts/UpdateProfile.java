package dev.gavel.accounts;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes what users tell of themselves: the members that are sent, and those only. Nothing happens when
/// nothing changes. Refused: {@link ProfileRejected.InvalidDisplayName}, {@link ProfileRejected.Unknown}.
final class UpdateProfile implements UseCase<UpdateProfile.Command, GetProfile.Receipt> {

    record Command(@Nullable String displayName) {}

    private final Users users;

    UpdateProfile(Users users) {
        this.users = users;
    }

    @Override
    public Outcome<GetProfile.Receipt> apply(Call<Command> call) {
        String text = call.command().displayName();
        Optional<DisplayName> name = Optional.ofNullable(text).flatMap(DisplayName::parse);
        if (text != null && name.isEmpty()) {
            return Outcome.rejected(new ProfileRejected.InvalidDisplayName());
        }
        Optional<User> found = users.byId(call.user());
        if (found.isEmpty()) {
            return Outcome.rejected(new ProfileRejected.Unknown());
        }
        User user = found.get();
        if (name.isPresent() && !name.get().equals(user.displayName())) {
            user = user.renamed(name.get());
            UserProfileUpdated updated =
                    new UserProfileUpdated(user.id(), user.displayName().value(), call.receivedAt());
            users.save(user, Fact.of(UpdateProfile.class, user.facts(), call.receivedAt(), updated));
        }
        return Outcome.accepted(GetProfile.Receipt.of(user));
    }
}
