package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// A mobile phone number in E.164, such as `+821012345678`; a Korean one is a 010 number.
record PhoneNumber(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("\\+8210\\d{8}|\\+(?!82)[1-9]\\d{7,14}");

    /// Takes what people write, such as `010-1234-5678`.
    ///
    /// @throws IllegalArgumentException when it is no such number
    @JsonCreator
    PhoneNumber(String value) {
        String digits = value.length() > 30 ? "" : value.replaceAll("[ ().-]", "");
        this.value = digits.startsWith("010") ? "+82" + digits.substring(1) : digits;
        if (!FORM.matcher(this.value).matches()) {
            throw new IllegalArgumentException(
                    "send a mobile phone number such as 010-1234-5678, or one with its country such as +14155550123");
        }
    }

    /// Numbers are not written to logs.
    @Override
    public String toString() {
        return "…" + value.substring(value.length() - 2);
    }
}
