package dev.gavel.accounts;

import static dev.gavel.accounts.AccountsFixture.ANNA;
import static dev.gavel.accounts.AccountsFixture.PASSWORD;
import static dev.gavel.accounts.AccountsFixture.accepted;
import static dev.gavel.accounts.AccountsFixture.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssueTokenTest {

    private final AccountsFixture accounts = new AccountsFixture().withAnna();

    @Test
    void theRightPasswordGetsTokens() {
        IssueToken.Receipt receipt = accepted(accounts.signIn(" ANNA@example.com", PASSWORD));

        assertThat(receipt.tokenType()).isEqualTo("Bearer");
        assertThat(receipt.expiresIn()).isEqualTo(900);
        assertThat(receipt.userId()).isEqualTo(accounts.anna());
        assertThat(SessionToken.parse(receipt.refreshToken())).isPresent();
        assertThat(receipt.toString())
                .doesNotContain(
                        receipt.accessToken().value(), receipt.refreshToken().value());
    }

    @ParameterizedTest
    @CsvSource({
        "anna@example.com, wrong password",
        "nobody@example.com, correct horse battery",
        "no address at all, correct horse battery",
        "'', correct horse battery",
        "anna@example.com, ''",
    })
    void whateverIsWrongTheAnswerAndTheWorkAreTheSame(String email, String password) {
        int before = accounts.hashes.computed();

        assertThat(rejected(accounts.signIn(email, password)))
                .isEqualTo(new SignInRejected.WrongCredentials())
                .extracting(Rejection::kind)
                .isEqualTo(Rejection.Kind.UNAUTHENTICATED);
        assertThat(accounts.hashes.computed() - before).isEqualTo(1);
    }

    @Test
    void anEndlessPasswordIsWrongLikeAnyOther() {
        assertThat(rejected(accounts.signIn(ANNA, "x".repeat(100_000))))
                .isEqualTo(new SignInRejected.WrongCredentials());
    }

    @ParameterizedTest
    @ValueSource(strings = {ANNA, "nobody@example.com", "no address at all"})
    void afterTenFailuresEvenTheRightPasswordIsRefusedRegisteredOrNot(String email) {
        failTenTimes(email);
        int before = accounts.hashes.computed();

        Outcome<IssueToken.Receipt> refused = accounts.signIn(email, PASSWORD);

        assertThat(rejected(refused)).isEqualTo(new SignInRejected.TooManyAttempts(15));
        assertThat(rejected(refused).kind()).isEqualTo(Rejection.Kind.UNAUTHENTICATED);
        assertThat(accounts.hashes.computed()).isEqualTo(before);
    }

    @Test
    void theWindowOpensAgainThoughSomebodyKeepsTrying() {
        failTenTimes(ANNA);
        for (int minute = 0; minute < 14; minute++) {
            rejected(accounts.later(Duration.ofMinutes(1)).signIn(ANNA, "wrong password"));
        }

        accepted(accounts.later(Duration.ofMinutes(1)).signIn(ANNA, PASSWORD));
    }

    @Test
    void successForgetsTheFailuresBeforeIt() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 9; i++) {
                rejected(accounts.signIn(ANNA, "wrong password"));
            }
            accepted(accounts.signIn(ANNA, PASSWORD));
        }
    }

    @Test
    void aDeviceTheUserWasSignedInOnIsNotLockedOutByStrangers() {
        Secret token = accounts.annaSignsIn().refreshToken();
        accounts.later(Session.IDLE.plusDays(1));
        failTenTimes(ANNA);

        assertThat(rejected(accounts.signIn(ANNA, PASSWORD))).isInstanceOf(SignInRejected.TooManyAttempts.class);
        accepted(accounts.signIn(ANNA, PASSWORD, token));
    }

    @Test
    void aKnownDeviceHasABoundOfItsOwn() {
        Secret token = accounts.annaSignsIn().refreshToken();
        for (int i = 0; i < IssueToken.LIMIT; i++) {
            rejected(accounts.signIn(ANNA, "wrong password", token));
        }

        assertThat(rejected(accounts.signIn(ANNA, PASSWORD, token))).isInstanceOf(SignInRejected.TooManyAttempts.class);
    }

    @Test
    void theTokenOfSomebodyElseOrARevokedOneOpensNoOtherBound() {
        accepted(accounts.register("bob@example.com", PASSWORD, "Bob"));
        Secret bobs = accepted(accounts.signIn("bob@example.com", PASSWORD)).refreshToken();
        Secret revoked = accounts.annaSignsIn().refreshToken();
        accepted(accounts.revoke(revoked));
        failTenTimes(ANNA);

        for (Secret token : new Secret[] {bobs, revoked, new Secret("nonsense")}) {
            assertThat(rejected(accounts.signIn(ANNA, PASSWORD, token)))
                    .isInstanceOf(SignInRejected.TooManyAttempts.class);
        }
    }

    @Test
    void aTryThatWeCouldNotMakeIsNotCounted() {
        accounts.hashes.busy(true);
        for (int i = 0; i < 2 * IssueToken.LIMIT; i++) {
            assertThatThrownBy(() -> accounts.signIn(ANNA, PASSWORD)).isInstanceOf(Unavailable.class);
        }
        accounts.hashes.busy(false);

        accepted(accounts.signIn(ANNA, PASSWORD));
    }

    private void failTenTimes(String email) {
        for (int i = 0; i < IssueToken.LIMIT; i++) {
            assertThat(rejected(accounts.signIn(email, "wrong password")))
                    .isEqualTo(new SignInRejected.WrongCredentials());
        }
    }
}
