package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncryptionTest {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    private final KeyEncryption encryption = KeyEncryption.fromBase64(
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

    @Test
    void whatWasSealedOpens() {
        byte[] sealed = encryption.seal(PLAIN, "kid");

        assertThat(encryption.open(sealed, "kid")).isEqualTo(PLAIN);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    }

    @Test
    void theSameThingSealedTwiceLooksDifferent() {
        assertThat(encryption.seal(PLAIN, "kid")).isNotEqualTo(encryption.seal(PLAIN, "kid"));
    }

    @Test
    void itDoesNotOpenInThePlaceOfAnotherKey() {
        byte[] sealed = encryption.seal(PLAIN, "kid");

        assertThatThrownBy(() -> encryption.open(sealed, "other kid")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itDoesNotOpenWhenABitIsChanged() {
        for (int i = 0; i < encryption.seal(PLAIN, "kid").length; i++) {
            byte[] sealed = encryption.seal(PLAIN, "kid");
            sealed[i] ^= 1;
            assertThatThrownBy(() -> encryption.open(sealed, "kid")).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> encryption.open(new byte[0], "kid")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not base64!", "MDEyMzQ1Njc4OWFiY2RlZg=="})
    void aKeyThatIsMissingOrOfAnotherSizeIsExplained(String text) {
        assertThatThrownBy(() -> KeyEncryption.fromBase64(text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Set GAVEL_KEY_ENCRYPTION_KEY to 32 random bytes in base64")
                .hasMessageNotContaining("short");
    }
}
