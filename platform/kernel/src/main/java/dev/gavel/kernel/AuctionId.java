package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

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

    // By hand, as the JDK makes those of a record when they are first needed, which a first bid would wait for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuctionId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
