package dev.gavel.accounts;

import dev.gavel.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A refresh token: the id of its session and a secret of 256 bits. We keep only the SHA-256 of the secret.
record SessionToken(String familyId, String secret) {

    private static final Pattern FORM = Pattern.compile("(ses_[0-9A-Z]{26})\\.([A-Za-z0-9_-]{43})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Optional<SessionToken> parse(Secret text) {
        Matcher parts = FORM.matcher(text.value());
        return parts.matches() ? Optional.of(new SessionToken(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /// The first token of a new session.
    static SessionToken first(Ids ids, RandomGenerator random) {
        return new SessionToken(ids.next("ses"), salt(random));
    }

    static String salt(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return BASE64.encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    String hash() {
        return hash(secret);
    }

    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /// The token that follows this one. It needs the secret of this one (which only its holder has), the
    /// salt (which only we have) and the request: so a repeated request gets the same successor, though we
    /// never stored it.
    SessionToken successor(String salt, String requestId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update(salt.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return new SessionToken(
                    familyId, BASE64.encodeToString(mac.doFinal(requestId.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }

    Secret text() {
        return new Secret(familyId + "." + secret);
    }

    @Override
    public String toString() {
        return "(refresh token)";
    }
}
