package dev.gavel.accounts;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Registers somebody with an e-mail address and a password. The answer is the same, after the same work,
/// whether the address was free or taken: nobody learns here who is registered. Refused: {@link
/// RegistrationRejected.InvalidEmail}, {@link RegistrationRejected.WeakPassword}, {@link
/// RegistrationRejected.InvalidDisplayName}.
final class RegisterUser implements UseCase<RegisterUser.Command, RegisterUser.Receipt> {

    record Command(String email, Password password, String displayName) {
        @Override
        public String toString() {
            return "Command[" + displayName + "]";
        }
    }

    record Receipt(String status) {}

    // One answer for all is also the answer to any repetition, so none is stored; a stored one would need a
    // digest of the request, and a fast digest of a password must not lie about.
    private static final Receipt ACCEPTED = new Receipt("accepted");

    private final Users users;
    private final PasswordHashes hashes;
    private final Ids ids;

    RegisterUser(Users users, PasswordHashes hashes, Ids ids) {
        this.users = users;
        this.hashes = hashes;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Command command = call.command();
        Optional<Email> email = Email.parse(command.email());
        if (email.isEmpty()) {
            return Outcome.rejected(new RegistrationRejected.InvalidEmail());
        }
        Optional<Password.Weakness> weakness = command.password().weakness(email.get());
        if (weakness.isPresent()) {
            return Outcome.rejected(new RegistrationRejected.WeakPassword(weakness.get()));
        }
        Optional<DisplayName> name = DisplayName.parse(command.displayName());
        if (name.isEmpty()) {
            return Outcome.rejected(new RegistrationRejected.InvalidDisplayName());
        }
        User user = new User(
                UserId.next(ids),
                email.get(),
                name.get(),
                hashes.hash(command.password()),
                Set.of(),
                call.receivedAt(),
                2);
        UserRegistered registered = new UserRegistered(user.id(), name.get().value(), user.registeredAt());
        UserContactChanged contact =
                new UserContactChanged(user.id(), email.get().value(), null, user.registeredAt());
        boolean _ = users.register(
                user,
                List.of(
                        Fact.of(RegisterUser.class, 1, user.registeredAt(), registered),
                        Fact.of(RegisterUser.class, 2, user.registeredAt(), contact)));
        return Outcome.accepted(ACCEPTED);
    }
}
