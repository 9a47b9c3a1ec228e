package dev.gavel.accounts;

import java.text.Normalizer;
import java.util.Optional;

/// The name others see: 2 to 30 letters and digits of any script, in Unicode's composed form.
record DisplayName(String value) {

    static final String RULE = "displayName must have 2 to 30 letters or digits, without blanks and other signs.";

    /// The name in a text, or nothing when it breaks the rule.
    static Optional<DisplayName> parse(String text) {
        // Composing never makes a text longer than three times its length, but need not be tried on a novel.
        if (text.length() > 200) {
            return Optional.empty();
        }
        String name = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        int length = name.codePointCount(0, name.length());
        boolean valid = length >= 2 && length <= 30 && name.codePoints().allMatch(DisplayName::visible);
        return valid ? Optional.of(new DisplayName(name)) : Optional.empty();
    }

    private static boolean visible(int c) {
        return switch (c) {
            // The Hangul fillers are letters by category and yet show nothing: names of them would look
            // empty.
            case 0x115F, 0x1160, 0x3164, 0xFFA0 -> false;
            default -> Character.isLetterOrDigit(c);
        };
    }
}
