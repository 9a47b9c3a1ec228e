package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of an order: `ord_` and 26 characters. An order is known by the auction it comes from and by how
/// many people were offered the thing before, so that an auction's end that is told twice makes one order.
public record OrderId(@JsonValue String value) {

    private static final int TIME = 10;

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public OrderId {
        Ids.check("ord", value);
    }

    /// The order of the winner (1) or of those who got a second chance (2 and on).
    public static OrderId of(AuctionId auction, int offer) {
        String body = auction.value().substring("auc_".length());
        return new OrderId("ord_" + (offer == 1 ? body : body.substring(0, TIME) + Ids.digest(auction + "/" + offer)));
    }

    @Override
    public String toString() {
        return value;
    }
}
