package dev.gavel.notifications;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts a push such that only the browser can read it: RFC 8291 with the content coding `aes128gcm` of
/// RFC 8188, in one record.
final class PushEncryption {

    private static final int RECORD = 4096;
    /// What push services take at least, less what encryption adds.
    static final int LONGEST = 3_900;

    private PushEncryption() {}

    /// @param ephemeral a key pair for this message alone
    /// @param salt 16 random bytes
    /// @throws IllegalArgumentException when the text is too long or the subscription's key is none
    static byte[] encrypted(byte[] text, PushSubscription to, PushKey ephemeral, byte[] salt) {
        if (text.length > LONGEST) {
            throw new IllegalArgumentException("a push has at most " + LONGEST + " bytes");
        }
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeral.secret());
            agreement.doPhase(PushKey.open(to.publicKey()), true);
            byte[] who =
                    joined("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), to.publicKey(), ephemeral.point());
            byte[] secret = derived(to.secret(), agreement.generateSecret(), who, 32);
            byte[] key = derived(salt, secret, "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII), 16);
            byte[] nonce = derived(salt, secret, "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII), 12);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            // 2 ends the last record.
            byte[] sealed = cipher.doFinal(joined(text, new byte[] {2}));
            byte[] sender = ephemeral.point();
            return ByteBuffer.allocate(salt.length + 5 + sender.length + sealed.length)
                    .put(salt)
                    .putInt(RECORD)
                    .put((byte) sender.length)
                    .put(sender)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] derived(byte[] salt, byte[] secret, byte[] info, int length) throws GeneralSecurityException {
        SecretKey input = new SecretKeySpec(secret, "HKDF");
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(input)
                        .addSalt(salt)
                        .thenExpand(info, length));
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
