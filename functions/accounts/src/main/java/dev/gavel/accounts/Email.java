package dev.gavel.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address in the form it is compared by: without surrounding blanks and in lower case. It is
/// personal, so it does not show itself in logs.
record Email(String value) {

    private static final int MAX_LENGTH = 254;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FORM = Pattern.compile(
            "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:" + LABEL + "\\.)+" + LABEL);

    /// The address in a text, or nothing when the text is none. Only a message that arrives proves an
    /// address, so this refuses what no mail system of today would take and no more.
    static Optional<Email> parse(String text) {
        String address = comparable(text);
        boolean valid = address.length() <= MAX_LENGTH
                && address.indexOf('@') <= 64
                && FORM.matcher(address).matches();
        return valid ? Optional.of(new Email(address)) : Optional.empty();
    }

    /// The text as it would be compared if it were an address.
    static String comparable(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "(an e-mail address)";
    }
}
