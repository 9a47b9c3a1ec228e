package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of an uploaded picture: `pic_` and 26 characters of Crockford base 32 that sort by time of
/// creation.
public record PictureId(@JsonValue String value) {

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public PictureId {
        Ids.check("pic", value);
    }

    public static PictureId next(Ids ids) {
        return new PictureId(ids.next("pic"));
    }

    @Override
    public String toString() {
        return value;
    }
}
