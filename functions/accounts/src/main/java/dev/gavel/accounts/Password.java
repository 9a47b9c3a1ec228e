package dev.gavel.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A password somebody typed, in Unicode's composed form, so that the same Korean password typed on
/// different systems is the same password. It does not show itself in logs.
record Password(String value) {

    static final int MIN_LENGTH = 10;
    static final int MAX_LENGTH = 128;

    /// The most common passwords that are long enough for the length rule.
    private static final Set<String> COMMON = Set.of(
            "1234567890",
            "12345678910",
            "123456789a",
            "a123456789",
            "0123456789",
            "0987654321",
            "9876543210",
            "1111111111",
            "0000000000",
            "1212121212",
            "1122334455",
            "1234512345",
            "123123123123",
            "111222333444",
            "1q2w3e4r5t",
            "1q2w3e4r5t6y",
            "q1w2e3r4t5",
            "q1w2e3r4t5y6",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "qwertyuiop",
            "qwerty1234",
            "qwerty12345",
            "qwerty123456",
            "qwertyuiop1",
            "qwertyuiop123",
            "asdfghjkl1",
            "asdfghjkl123",
            "asdfasdfasdf",
            "zxcvbnm123",
            "abcdefghij",
            "abcdefghijk",
            "abcd123456",
            "abc1234567",
            "password12",
            "password123",
            "password1234",
            "password12345",
            "passw0rd123",
            "p@ssw0rd123",
            "p@ssword123",
            "mypassword",
            "mypassword1",
            "letmein123",
            "letmein1234",
            "welcome123",
            "welcome1234",
            "iloveyou12",
            "iloveyou123",
            "iloveyou1234",
            "sunshine123",
            "princess123",
            "football123",
            "baseball123",
            "superman123",
            "admin12345",
            "admin123456",
            "administrator",
            "changeme123",
            "basketball",
            "dkssudgktpdy",
            "tkfkdgody123",
            "rkskek1234",
            "qlalfqjsgh",
            "qlalfqjsgh123");

    /// What is wrong with a new password.
    enum Weakness {
        TOO_SHORT,
        TOO_LONG,
        IS_THE_EMAIL,
        TOO_COMMON
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Password {
        // Composing costs time: a text that no rule would let pass is left as it is.
        value = value.length() > 8 * MAX_LENGTH ? value : Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    /// Why this password cannot be chosen for the address, or nothing when it can.
    Optional<Weakness> weakness(Email email) {
        String lower = value.toLowerCase(Locale.ROOT);
        String name = email.value().substring(0, email.value().indexOf('@'));
        if (value.codePointCount(0, value.length()) < MIN_LENGTH) {
            return Optional.of(Weakness.TOO_SHORT);
        } else if (isTooLong()) {
            return Optional.of(Weakness.TOO_LONG);
        } else if (lower.equals(email.value()) || lower.equals(name)) {
            return Optional.of(Weakness.IS_THE_EMAIL);
        } else if (COMMON.contains(lower) || value.chars().distinct().count() < 3) {
            return Optional.of(Weakness.TOO_COMMON);
        }
        return Optional.empty();
    }

    boolean isTooLong() {
        return value.codePointCount(0, value.length()) > MAX_LENGTH;
    }

    @Override
    public String toString() {
        return "(password)";
    }
}
