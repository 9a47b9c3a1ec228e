package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a payment: `pay_` and the 26 characters of the order it pays, as an order is paid once.
public record PaymentId(@JsonValue String value) {

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public PaymentId {
        Ids.check("pay", value);
    }

    public static PaymentId of(OrderId order) {
        return new PaymentId("pay_" + order.value().substring("ord_".length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
