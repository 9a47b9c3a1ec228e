package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a registered user: `usr_` and 26 characters of Crockford base 32 that sort by time of creation.
public record UserId(@JsonValue String value) {

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public UserId {
        Ids.check("usr", value);
    }

    public static UserId next(Ids ids) {
        return new UserId(ids.next("usr"));
    }

    @Override
    public String toString() {
        return value;
    }
}
