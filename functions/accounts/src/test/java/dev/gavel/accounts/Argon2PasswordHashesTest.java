package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class Argon2PasswordHashesTest {

    private static final Password PASSWORD = new Password("correct horse battery");

    private final Argon2PasswordHashes hashes = new Argon2PasswordHashes(2, Duration.ofSeconds(30));

    @Test
    void aHashMatchesItsPasswordAndNoOther() {
        String hash = hashes.hash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hashes.matches(PASSWORD, hash)).isTrue();
        assertThat(hashes.matches(new Password("correct horse batterz"), hash)).isFalse();
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        assertThat(hashes.hash(PASSWORD)).isNotEqualTo(hashes.hash(PASSWORD));
    }

    @Test
    void withoutAHashTheAnswerIsNo() {
        assertThat(hashes.matches(PASSWORD, null)).isFalse();
    }

    @Test
    void theHashOfNobodyCostsAsMuchAsAnyOther() {
        assertThat(new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2).upgradeEncoding(Argon2PasswordHashes.NOBODY))
                .isFalse();
        assertThat(Argon2PasswordHashes.NOBODY.split("\\$"))
                .startsWith("", "argon2id", "v=19", "m=19456,t=2,p=1")
                .hasSameSizeAs(hashes.hash(PASSWORD).split("\\$"));
        assertThat(Argon2PasswordHashes.NOBODY).hasSameSizeAs(hashes.hash(PASSWORD));
    }

    @Test
    void whoCannotGetATurnSoonIsToldToComeBack() {
        Argon2PasswordHashes closed = new Argon2PasswordHashes(0, Duration.ofMillis(1));

        assertThatThrownBy(() -> closed.hash(PASSWORD)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> closed.matches(PASSWORD, null)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aTurnIsGivenBackAfterAHashThatCannotBeRead() {
        Argon2PasswordHashes one = new Argon2PasswordHashes(1, Duration.ofMillis(1));

        assertThat(one.matches(PASSWORD, "nonsense")).isFalse();
        assertThat(one.matches(PASSWORD, one.hash(PASSWORD))).isTrue();
    }
}
