package dev.gavel.operations;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/// The id of a dead letter: `dlt_` and 26 characters of Crockford base 32, made of 130 bits of a digest of what
/// makes letters the same, so that a letter that comes again finds itself.
record DeadLetterId(@JsonValue String value) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("dlt_[0-9A-HJKMNP-TV-Z]{26}");

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    DeadLetterId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an id here looks like dlt_ and 26 letters and digits");
        }
    }

    /// The letter about one event that one destination did not take.
    static DeadLetterId of(String source, String eventId, String destination) {
        MessageDigest digest = sha256();
        for (String part : new String[] {source, eventId, destination}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        byte[] hash = digest.digest();
        StringBuilder text = new StringBuilder("dlt_");
        int bits = 0;
        int held = 0;
        for (int next = 0; text.length() < 30; ) {
            if (held < 5) {
                bits = bits << 8 | hash[next++] & 0xFF;
                held += 8;
            }
            held -= 5;
            text.append(ALPHABET.charAt(bits >> held & 31));
        }
        return new DeadLetterId(text.toString());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
