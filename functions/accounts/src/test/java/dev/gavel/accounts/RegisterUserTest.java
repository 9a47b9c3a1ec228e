package dev.gavel.accounts;

import static dev.gavel.accounts.AccountsFixture.ANNA;
import static dev.gavel.accounts.AccountsFixture.PASSWORD;
import static dev.gavel.accounts.AccountsFixture.START;
import static dev.gavel.accounts.AccountsFixture.accepted;
import static dev.gavel.accounts.AccountsFixture.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Unavailable;
import org.junit.jupiter.api.Test;

class RegisterUserTest {

    private final AccountsFixture accounts = new AccountsFixture();

    @Test
    void somebodyNewIsRegisteredAndTheFactIsTold() {
        accepted(accounts.register("Anna@Example.com", PASSWORD, "Anna"));

        User anna = accounts.users.byEmail(new Email(ANNA)).orElseThrow();
        assertThat(anna.roles()).isEmpty();
        assertThat(anna.displayName().value()).isEqualTo("Anna");
        assertThat(accounts.facts())
                .containsExactly(
                        new Fact<>("/functions/register-user", 1, START, new UserRegistered(anna.id(), "Anna", START)),
                        new Fact<>(
                                "/functions/register-user",
                                2,
                                START,
                                new UserContactChanged(anna.id(), ANNA, null, START)));
    }

    @Test
    void aTakenAddressGetsTheSameAnswerAfterTheSameWork() {
        RegisterUser.Receipt first = accepted(accounts.register(ANNA, PASSWORD, "Anna"));
        int work = accounts.hashes.computed();
        RegisterUser.Receipt second = accepted(accounts.register("ANNA@example.com", "another password", "Impostor"));

        assertThat(second).isEqualTo(first).isEqualTo(new RegisterUser.Receipt("accepted"));
        assertThat(accounts.hashes.computed() - work).isEqualTo(work);
        assertThat(accounts.facts()).hasSize(2);
        assertThat(accounts.users
                        .byEmail(new Email(ANNA))
                        .orElseThrow()
                        .displayName()
                        .value())
                .isEqualTo("Anna");
        accepted(accounts.signIn(ANNA, PASSWORD));
        rejected(accounts.signIn(ANNA, "another password"));
    }

    @Test
    void badInputIsRefusedWithTheReason() {
        assertThat(rejected(accounts.register("anna", PASSWORD, "Anna")))
                .isEqualTo(new RegistrationRejected.InvalidEmail());
        assertThat(rejected(accounts.register(ANNA, "short", "Anna")))
                .isEqualTo(new RegistrationRejected.WeakPassword(Password.Weakness.TOO_SHORT));
        assertThat(rejected(accounts.register(ANNA, PASSWORD, "A")))
                .isEqualTo(new RegistrationRejected.InvalidDisplayName())
                .extracting(Rejection::kind)
                .isEqualTo(Rejection.Kind.INVALID);
        assertThat(accounts.facts()).isEmpty();
    }

    @Test
    void everyRefusalSaysWhatToDo() {
        for (Password.Weakness weakness : Password.Weakness.values()) {
            assertThat(new RegistrationRejected.WeakPassword(weakness).detail()).endsWith(".");
        }
    }

    @Test
    void whileHashingIsNotPossibleNothingIsStored() {
        accounts.hashes.busy(true);

        assertThatThrownBy(() -> accounts.register(ANNA, PASSWORD, "Anna")).isInstanceOf(Unavailable.class);
        assertThat(accounts.facts()).isEmpty();
    }
}
