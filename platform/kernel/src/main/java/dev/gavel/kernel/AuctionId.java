package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of an auction: `auc_` and 26 characters of Crockford base 32 that sort by time of creation.
public record AuctionId(@JsonValue String value) {

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public AuctionId {
        Ids.check("auc", value);
    }

    public static AuctionId next(Ids ids) {
        return new AuctionId(ids.next("auc"));
    }

    @Override
    public String toString() {
        return value;
    }
}
