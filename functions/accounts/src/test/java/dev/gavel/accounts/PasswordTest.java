package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

    private static final Email ANNA = new Email("anna.kim-1990@example.com");

    @ParameterizedTest
    @CsvSource({
        "short1234, TOO_SHORT",
        "anna.kim-1990@example.com, IS_THE_EMAIL",
        "ANNA.KIM-1990@EXAMPLE.COM, IS_THE_EMAIL",
        "anna.kim-1990, IS_THE_EMAIL",
        "Password123, TOO_COMMON",
        "1234567890, TOO_COMMON",
        "qwertyuiop, TOO_COMMON",
        "aaaaaaaaaaaaaaa, TOO_COMMON",
        "ababababababab, TOO_COMMON",
    })
    void aWeakPasswordIsTold(String password, Password.Weakness weakness) {
        assertThat(new Password(password).weakness(ANNA)).contains(weakness);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456xyz", "correct horse battery", "비밀번호는아주길어요"})
    void anOrdinaryPasswordIsTaken(String password) {
        assertThat(new Password(password).weakness(ANNA)).isEmpty();
    }

    @Test
    void lengthIsBounded() {
        assertThat(new Password("abc".repeat(43)).weakness(ANNA)).contains(Password.Weakness.TOO_LONG);
        assertThat(new Password("abcd".repeat(32)).weakness(ANNA)).isEmpty();
        assertThat(new Password("x".repeat(1_000_000)).isTooLong()).isTrue();
    }

    @Test
    void theSamePasswordTypedOnAnotherSystemIsTheSame() {
        String decomposed = Normalizer.normalize("비밀번호는아주길어요", Normalizer.Form.NFD);

        assertThat(new Password(decomposed)).isEqualTo(new Password("비밀번호는아주길어요"));
    }

    @Test
    void secretsDoNotShowInText() {
        Password password = new Password("correct horse battery");
        Secret secret = new Secret("correct horse battery");

        assertThat(new RegisterUser.Command("anna@example.com", password, "Anna").toString())
                .doesNotContain("horse", "example");
        assertThat(new IssueToken.Command("anna@example.com", password, secret).toString())
                .doesNotContain("horse", "example");
        assertThat(new RefreshToken.Command(secret).toString()).doesNotContain("horse");
        assertThat(new RevokeToken.Command(secret).toString()).doesNotContain("horse");
    }
}
