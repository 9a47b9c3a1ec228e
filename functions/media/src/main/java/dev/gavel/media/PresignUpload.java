package dev.gavel.media;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UseCase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets somebody upload one picture, straight to the store and past every function. Refusals: {@link
/// UploadRejected} `Invalid`, naming the member, and `TooMany`.
public final class PresignUpload implements UseCase<PresignUpload.Command, PresignUpload.Receipt> {

    static final int LARGEST = 20 * 1024 * 1024;
    static final int MOST_EXPECTED = 60;
    private static final Duration GOOD = Duration.ofMinutes(15);
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");

    /// @param contentType `image/jpeg` or `image/png`
    /// @param bytes how many the file has, at most 20 MiB
    public record Command(String contentType, long bytes) {}

    /// What to post, as `multipart/form-data`: every field, then the file as the field `file`.
    ///
    /// @param until when that must have happened
    public record Receipt(PictureId pictureId, URI url, Map<String, String> fields, Instant until) {}

    private final Pictures pictures;
    private final UploadForms forms;
    private final Ids ids;

    PresignUpload(Pictures pictures, UploadForms forms, Ids ids) {
        this.pictures = pictures;
        this.forms = forms;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Command command = call.command();
        if (!TYPES.contains(command.contentType())) {
            return Outcome.rejected(new UploadRejected.Invalid("contentType", "send image/jpeg or image/png"));
        }
        if (command.bytes() < 1 || command.bytes() > LARGEST) {
            return Outcome.rejected(new UploadRejected.Invalid("bytes", "send a file of 1 byte to 20 MiB"));
        }
        if (pictures.expected(call.user(), MOST_EXPECTED) >= MOST_EXPECTED) {
            return Outcome.rejected(new UploadRejected.TooMany(MOST_EXPECTED));
        }
        Instant now = call.receivedAt();
        Picture picture = Picture.expected(PictureId.next(ids), call.user(), command.contentType(), now);
        pictures.save(picture, List.of());
        Instant until = now.plus(GOOD);
        UploadForms.Form form = forms.sign(picture.object(), picture.contentType(), LARGEST, now, until);
        return Outcome.accepted(new Receipt(picture.pictureId(), form.url(), form.fields(), until));
    }
}
