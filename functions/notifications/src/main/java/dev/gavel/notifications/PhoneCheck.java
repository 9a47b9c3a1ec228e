package dev.gavel.notifications;

import java.time.Duration;
import java.time.Instant;

/// A code that was sent to a number to see whether it is its owner who gave it. It lives 10 minutes and bears
/// 5 tries.
record PhoneCheck(PhoneNumber number, String code, Instant expiresAt, int triesLeft) {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int TRIES = 5;

    static PhoneCheck of(PhoneNumber number, String code, Instant now) {
        return new PhoneCheck(number, code, now.plus(LIFE), TRIES);
    }

    boolean alive(Instant now) {
        return triesLeft > 0 && now.isBefore(expiresAt);
    }

    PhoneCheck tried() {
        return new PhoneCheck(number, code, expiresAt, triesLeft - 1);
    }

    @Override
    public String toString() {
        return "PhoneCheck[" + number + "]";
    }
}
