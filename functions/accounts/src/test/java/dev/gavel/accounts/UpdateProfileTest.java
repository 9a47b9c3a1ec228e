package dev.gavel.accounts;

import static dev.gavel.accounts.AccountsFixture.ANNA;
import static dev.gavel.accounts.AccountsFixture.accepted;
import static dev.gavel.accounts.AccountsFixture.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpdateProfileTest {

    private static final UserId NOBODY = new UserId("usr_01JD0000000000000000000000");

    private final AccountsFixture accounts = new AccountsFixture().withAnna();

    @Test
    void aNewNameIsShownAndTold() {
        UserId anna = accounts.anna();
        accounts.later(Duration.ofHours(1));
        accepted(accounts.rename(anna, "경매왕"));
        accepted(accounts.rename(anna, "Anna2"));

        assertThat(accepted(accounts.profile(anna)).displayName()).isEqualTo("Anna2");
        assertThat(accounts.facts())
                .extracting(Fact::sequence, Fact::source)
                .containsExactly(
                        tuple(1L, "/functions/register-user"),
                        tuple(2L, "/functions/register-user"),
                        tuple(3L, "/functions/update-profile"),
                        tuple(4L, "/functions/update-profile"));
        assertThat(accounts.facts().get(2).data()).isEqualTo(new UserProfileUpdated(anna, "경매왕", accounts.now()));
    }

    @Test
    void nothingNewIsNoNews() {
        accepted(accounts.rename(accounts.anna(), "Anna"));
        accepted(accounts.rename(accounts.anna(), null));

        assertThat(accounts.facts()).hasSize(2);
    }

    @Test
    void aNameAgainstTheRuleIsRefused() {
        assertThat(rejected(accounts.rename(accounts.anna(), "\u202eanna")))
                .isEqualTo(new ProfileRejected.InvalidDisplayName());
        assertThat(accounts.facts()).hasSize(2);
    }

    @Test
    void onlyTheUserSeesTheAddressAndTheRoles() {
        accounts.users.giveRole(accounts.anna(), "operator");
        GetProfile.Receipt own = accepted(accounts.profile(accounts.anna()));
        GetPublicProfile.Receipt seen = accepted(accounts.publicProfile(accounts.anna()));

        assertThat(own.email()).isEqualTo(ANNA);
        assertThat(own.roles()).containsExactly("operator");
        assertThat(own.toString()).doesNotContain(ANNA);
        assertThat(seen).isEqualTo(new GetPublicProfile.Receipt(accounts.anna(), "Anna", AccountsFixture.START));
    }

    @Test
    void whoDoesNotExistHasNoProfile() {
        ProfileRejected unknown = new ProfileRejected.Unknown();

        assertThat(rejected(accounts.profile(NOBODY))).isEqualTo(unknown);
        assertThat(rejected(accounts.publicProfile(NOBODY))).isEqualTo(unknown);
        assertThat(rejected(accounts.rename(NOBODY, "Anna"))).isEqualTo(unknown);
    }
}
