package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a product: `prd_` and 26 characters of Crockford base 32 that sort by time of creation.
public record ProductId(@JsonValue String value) {

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public ProductId {
        Ids.check("prd", value);
    }

    public static ProductId next(Ids ids) {
        return new ProductId(ids.next("prd"));
    }

    @Override
    public String toString() {
        return value;
    }
}
