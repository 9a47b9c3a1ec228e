package dev.gavel.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals private keys for the store with AES-256-GCM, so that who reads the table cannot sign. The key's id
/// is bound to it: a sealed key put in the place of another one does not open.
final class KeyEncryption {

    static final String SETTING = "GAVEL_KEY_ENCRYPTION_KEY";

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private KeyEncryption(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// @throws IllegalStateException when the text is not 32 bytes in base64; the message says what to do
    static KeyEncryption fromBase64(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException _) {
            key = new byte[0];
        }
        if (key.length != 32) {
            throw new IllegalStateException("Set " + SETTING + " to 32 random bytes in base64, the same ones in every"
                    + " function of accounts; `openssl rand -base64 32` makes some.");
        }
        return new KeyEncryption(key);
    }

    byte[] seal(byte[] plain, String kid) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, kid).doFinal(plain);
            byte[] whole = Arrays.copyOf(iv, IV_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, IV_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing key " + kid + " cannot be sealed", e);
        }
    }

    byte[] open(byte[] sealed, String kid) {
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, IV_BYTES), kid)
                    .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException(
                    "Signing key " + kid + " does not open: " + SETTING + " is not the one it was sealed with.", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("signing key " + kid + " is damaged", e);
        }
    }

    private Cipher cipher(int mode, byte[] iv, String kid) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
