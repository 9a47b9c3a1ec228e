package dev.gavel.catalog;

import dev.gavel.kernel.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Names a request for ever: user and `Idempotency-Key`, digested to 22 characters.
final class RequestKey {

    private RequestKey() {}

    static String of(Call<?> call) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((call.user() + "\n" + call.requestId()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
