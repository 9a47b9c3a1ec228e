package dev.gavel.localstack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keys of this machine, kept beside the data they belong to, so that what was kept can be used again.
///
/// @param data where data is kept, or null when it is not
record Secrets(@Nullable Path data) {

    private static final String ENCRYPTION_FILE = "key-encryption-key";
    private static final String PUSH_FILE = "vapid-private-key";
    private static final int SCALAR_BYTES = 32;

    /// Whether there is nothing kept; to be asked before anything is started.
    boolean none() {
        return data == null || !Files.exists(data.resolve(ENCRYPTION_FILE));
    }

    /// What sessions and keys in the store are encrypted with.
    String keyEncryptionKey() throws IOException {
        return kept(ENCRYPTION_FILE, Secrets::random);
    }

    /// What push services know us by: without it, the subscriptions of browsers are worth nothing.
    String vapidPrivateKey() throws IOException {
        return kept(PUSH_FILE, Secrets::scalar);
    }

    /// 32 random bytes in base64.
    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String kept(String name, Supplier<String> made) throws IOException {
        if (data == null) {
            return made.get();
        }
        Path file = data.resolve(name);
        if (!Files.exists(file)) {
            RunFolder.writeSecret(file, made.get());
        }
        return Files.readString(file).strip();
    }

    private static String scalar() {
        try {
            KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
            curve.initialize(new ECGenParameterSpec("secp256r1"));
            BigInteger scalar = ((ECPrivateKey) curve.generateKeyPair().getPrivate()).getS();
            byte[] bytes = scalar.toByteArray();
            byte[] exact = new byte[SCALAR_BYTES];
            int length = Math.min(bytes.length, SCALAR_BYTES);
            System.arraycopy(bytes, bytes.length - length, exact, SCALAR_BYTES - length, length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(exact);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }
}
