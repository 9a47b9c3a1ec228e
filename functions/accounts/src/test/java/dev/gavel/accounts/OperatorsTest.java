package dev.gavel.accounts;

import static dev.gavel.accounts.AccountsFixture.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {

    private final AccountsFixture accounts = new AccountsFixture().withAnna();

    private static List<String> roles(Secret accessToken) throws ParseException {
        return SignedJWT.parse(accessToken.value()).getJWTClaimsSet().getStringListClaim("roles");
    }

    @Test
    void whoseAddressIsSetIsAnOperatorFromTheNextTokenOn() throws Exception {
        IssueToken.Receipt before = accounts.annaSignsIn();
        assertThat(roles(before.accessToken())).isEmpty();

        accounts.withOperators("someone@example.com , Anna@Example.com");

        assertThat(roles(accounts.annaSignsIn().accessToken())).containsExactly("operator");
        assertThat(roles(accepted(accounts.refresh(before.refreshToken())).accessToken()))
                .containsExactly("operator");
    }

    @Test
    void nobodyElseIs() throws Exception {
        accounts.withOperators("annabel@example.com");
        assertThat(roles(accounts.annaSignsIn().accessToken())).isEmpty();
    }

    @Test
    void theRoleIsNotDoubledAndOthersStay() throws Exception {
        accounts.users.giveRole(accounts.anna(), "operator");
        accounts.users.giveRole(accounts.anna(), "auditor");
        accounts.withOperators(AccountsFixture.ANNA);
        assertThat(roles(accounts.annaSignsIn().accessToken())).containsExactlyInAnyOrder("operator", "auditor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void withoutTheSettingNobodyIs(String setting) {
        assertThat(Operators.parse(setting)).isEqualTo(Operators.NOBODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "anna@example.com,,bora@example.com", "anna@example.com;bora@example.com", "*"})
    void whatIsNoAddressIsSaid(String setting) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Operators.parse(setting))
                .withMessageContaining("GAVEL_OPERATORS");
    }
}
