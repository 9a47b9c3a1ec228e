package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// What the gateway calls a payment, as its page in the buyer's browser was told. It becomes part of an address
/// at the gateway, so that it has only characters that mean nothing there.
public record PaymentKey(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_=-]{5,199}");

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public PaymentKey {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a payment key is 6 to 200 letters, digits, _, - and =");
        }
    }

    /// Not the whole key: who knows it and our secret can cancel.
    @Override
    public String toString() {
        return value.substring(0, 4) + "…";
    }
}
