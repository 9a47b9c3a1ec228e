package dev.gavel.notifications;

import java.net.URI;
import java.util.Base64;

/// A browser that takes pushes: where it is reached and the keys that only it can decrypt with, as the Push API
/// gives them.
record PushSubscription(URI endpoint, Keys keys) {

    private static final int LONGEST = 1_000;
    private static final int POINT = 65;
    private static final int SECRET = 16;

    /// @param p256dh a point of the curve P-256, uncompressed, base64url
    /// @param auth 16 bytes, base64url
    record Keys(String p256dh, String auth) {}

    /// @throws IllegalArgumentException when it cannot be one; the message says what is wrong
    PushSubscription {
        if (endpoint.toString().length() > LONGEST) {
            throw new IllegalArgumentException("the endpoint has at most " + LONGEST + " characters");
        }
        if (decoded(keys.p256dh()).length != POINT || decoded(keys.p256dh())[0] != 4) {
            throw new IllegalArgumentException("p256dh is an uncompressed point of P-256 in base64url");
        }
        if (decoded(keys.auth()).length != SECRET) {
            throw new IllegalArgumentException("auth is 16 bytes in base64url");
        }
    }

    byte[] publicKey() {
        return decoded(keys.p256dh());
    }

    byte[] secret() {
        return decoded(keys.auth());
    }

    private static byte[] decoded(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("keys are short");
        }
        return Base64.getUrlDecoder().decode(text.replace("=", ""));
    }
}
