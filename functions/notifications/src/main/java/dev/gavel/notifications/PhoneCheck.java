package dev.gavel.notifications;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A code that was sent to a number to see whether it is its owner who gave it. It lives 10 minutes, bears 5 tries and
/// is good for one.
///
/// @param askedBy the id of the request it was made for
/// @param confirmedBy the id of the request that had the code
record PhoneCheck(
        PhoneNumber number,
        String code,
        Instant expiresAt,
        int triesLeft,
        String askedBy,
        @Nullable String confirmedBy) {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int TRIES = 5;

    static PhoneCheck of(PhoneNumber number, String code, Instant now, String requestId) {
        return new PhoneCheck(number, code, now.plus(LIFE), TRIES, requestId, null);
    }

    boolean alive(Instant now) {
        return confirmedBy == null && triesLeft > 0 && now.isBefore(expiresAt);
    }

    boolean isFor(PhoneNumber asked, String requestId) {
        return number.equals(asked) && requestId.equals(askedBy);
    }

    PhoneCheck tried() {
        return new PhoneCheck(number, code, expiresAt, triesLeft - 1, askedBy, confirmedBy);
    }

    PhoneCheck confirmed(String requestId) {
        return new PhoneCheck(number, code, expiresAt, triesLeft, askedBy, requestId);
    }

    /// What tells the message with this code from others to the same person, however often it is sent.
    String key() {
        String text = askedBy + " " + number.value() + " " + expiresAt.toEpochMilli();
        return "code-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "PhoneCheck[" + number + "]";
    }
}
