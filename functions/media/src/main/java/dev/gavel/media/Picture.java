package dev.gavel.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.PictureEvent.Reason;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One upload and what became of it.
///
/// @param writes how often it was written, this time included
/// @param facts how many facts were told of it; the first is S3's
/// @param key of what is shown, once there is something
/// @param reason why it is not taken
@JsonInclude(JsonInclude.Include.NON_NULL)
record Picture(
        PictureId pictureId,
        UserId ownerId,
        Status status,
        String contentType,
        long writes,
        long facts,
        Instant requestedAt,
        @Nullable String key,
        @Nullable Reason reason) {

    enum Status {
        /// Its owner may upload it.
        @JsonProperty("expected")
        EXPECTED,
        @JsonProperty("ready")
        READY,
        @JsonProperty("rejected")
        REJECTED,
        @JsonProperty("deleted")
        DELETED
    }

    static Picture expected(PictureId id, UserId owner, String contentType, Instant now) {
        return new Picture(id, owner, Status.EXPECTED, contentType, 1, 1, now, null, null);
    }

    Picture ready(String key) {
        return next(Status.READY, key, null);
    }

    Picture rejected(Reason reason) {
        return next(Status.REJECTED, null, reason);
    }

    Picture deleted() {
        return next(Status.DELETED, key, null);
    }

    private Picture next(Status status, @Nullable String key, @Nullable Reason reason) {
        return new Picture(pictureId, ownerId, status, contentType, writes + 1, facts + 1, requestedAt, key, reason);
    }

    /// Where the upload lies until it was looked at: nobody but its owner can have it put there.
    String object() {
        return object(ownerId, pictureId);
    }

    static String object(UserId owner, PictureId id) {
        return "uploads/" + owner + "/" + id;
    }
}
