package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a parcel: `par_` and 26 characters, made of its order and of where it goes, as an order is
/// sent once and comes back at most once.
public record ParcelId(@JsonValue String value) {

    private static final int TIME = 10;

    /// Where a parcel goes.
    public enum Direction {
        /// To the buyer.
        @JsonProperty("outbound")
        OUTBOUND,
        /// Back to the seller.
        @JsonProperty("return")
        RETURN
    }

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public ParcelId {
        Ids.check("par", value);
    }

    public static ParcelId of(OrderId order, Direction direction) {
        String body = order.value().substring("ord_".length());
        return new ParcelId("par_"
                + switch (direction) {
                    case OUTBOUND -> body;
                    case RETURN -> body.substring(0, TIME) + Ids.digest(order + "/return");
                });
    }

    @Override
    public String toString() {
        return value;
    }
}
