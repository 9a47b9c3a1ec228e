package dev.gavel.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The source of new ids: a prefix, 48 bits of time in milliseconds and 80 random bits, so that ids sort by
/// creation and cannot be guessed.
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final Clock clock;
    private final RandomGenerator random;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static Ids secure(Clock clock) {
        return new Ids(clock, new SecureRandom());
    }

    /// A new id such as `auc_01JD…`.
    public String next(String prefix) {
        char[] text = new char[26];
        long time = clock.millis();
        for (int i = 9; i >= 0; i--, time >>>= 5) {
            text[i] = ALPHABET.charAt((int) (time & 31));
        }
        for (int i = 10; i < 26; i++) {
            text[i] = ALPHABET.charAt(random.nextInt(32));
        }
        return prefix + "_" + new String(text);
    }

    /// 16 characters that always are the same for the same text.
    static String digest(String text) {
        return digest(text, 16);
    }

    /// Up to 32 such characters.
    static String digest(String text, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            char[] letters = new char[length];
            for (int i = 0; i < letters.length; i++) {
                letters[i] = ALPHABET.charAt(digest[i] & 31);
            }
            return new String(letters);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void check(String prefix, String value) {
        if (value == null
                || value.length() != prefix.length() + 27
                || !value.startsWith(prefix + "_")
                || !FORM.matcher(value)
                        .region(prefix.length() + 1, value.length())
                        .matches()) {
            throw new IllegalArgumentException("an id here looks like " + prefix + "_ and 26 letters and digits");
        }
    }
}
