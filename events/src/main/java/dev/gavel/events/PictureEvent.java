package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.time.Instant;

/// Facts about pictures, from the upload on.
public sealed interface PictureEvent extends MarketEvent {

    PictureId pictureId();

    UserId ownerId();

    @Override
    default String subject() {
        return pictureId().value();
    }

    /// Why an upload is not taken.
    enum Reason {
        @JsonProperty("empty")
        EMPTY,
        @JsonProperty("not-a-picture")
        NOT_A_PICTURE,
        @JsonProperty("unsupported")
        UNSUPPORTED,
        @JsonProperty("damaged")
        DAMAGED,
        @JsonProperty("too-large")
        TOO_LARGE,
        @JsonProperty("too-small")
        TOO_SMALL,
        @JsonProperty("too-complex")
        TOO_COMPLEX
    }

    /// A file has arrived in the bucket of uploads. Told by S3, by way of the relay, so it may be told
    /// twice. `object` is its key there.
    @CloudEventType(value = "dev.gavel.picture.uploaded.v1", schema = "1.0")
    record PictureUploaded(PictureId pictureId, UserId ownerId, String object, long bytes, Instant uploadedAt)
            implements PictureEvent {}

    /// Every size of a picture can be shown. `key` names it in products and says its size and how it
    /// looks from far: `p/<hash>-<width>x<height>-<ThumbHash in base64url>`.
    @CloudEventType(value = "dev.gavel.picture.resized.v1", schema = "1.0")
    record PictureResized(PictureId pictureId, UserId ownerId, String key, int width, int height, Instant resizedAt)
            implements PictureEvent {}

    /// An upload is none that is taken; it is deleted.
    @CloudEventType(value = "dev.gavel.picture.rejected.v1", schema = "1.0")
    record PictureRejected(PictureId pictureId, UserId ownerId, Reason reason, Instant rejectedAt)
            implements PictureEvent {}

    /// Its owner does not want a picture to be shown any more.
    @CloudEventType(value = "dev.gavel.picture.deleted.v1", schema = "1.0")
    record PictureDeleted(PictureId pictureId, UserId ownerId, String key, Instant deletedAt) implements PictureEvent {}
}
