package dev.gavel.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.PictureEvent.Reason;
import dev.gavel.kernel.PictureId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A picture as its owner sees it.
///
/// @param key for products, once the picture is ready
/// @param reason why it is not taken
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PictureView(
        PictureId pictureId,
        Picture.Status status,
        @Nullable String key,
        @Nullable Reason reason,
        Instant requestedAt) {

    static PictureView of(Picture picture) {
        return new PictureView(
                picture.pictureId(),
                picture.status(),
                picture.status() == Picture.Status.READY ? picture.key() : null,
                picture.reason(),
                picture.requestedAt());
    }
}
