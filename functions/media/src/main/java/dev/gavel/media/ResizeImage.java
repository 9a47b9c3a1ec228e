package dev.gavel.media;

import dev.gavel.events.Fact;
import dev.gavel.events.PictureEvent;
import dev.gavel.events.PictureEvent.PictureRejected;
import dev.gavel.events.PictureEvent.PictureResized;
import dev.gavel.events.PictureEvent.PictureUploaded;
import dev.gavel.events.PictureEvent.Reason;
import dev.gavel.imaging.PictureResizer;
import dev.gavel.imaging.Resizing.Refused;
import dev.gavel.imaging.Resizing.Resized;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes of an upload what is shown, or says why not, and takes the upload away. Variants are there
/// before anybody is told of them; any number of repetitions, and a death at any step, come to the
/// same.
public final class ResizeImage implements UseCase<Fact<PictureUploaded>, Done> {

    private static final System.Logger LOG = System.getLogger(ResizeImage.class.getName());

    private final Pictures pictures;
    private final PictureFiles files;
    private final PictureResizer resizer;

    ResizeImage(Pictures pictures, PictureFiles files, PictureResizer resizer) {
        this.pictures = pictures;
        this.files = files;
        this.resizer = resizer;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<PictureUploaded>> call) {
        PictureUploaded told = call.command().data();
        Picture picture = pictures.find(told.pictureId())
                .filter(known -> known.object().equals(told.object()))
                .orElse(null);
        boolean changed = picture != null && picture.status() == Picture.Status.EXPECTED && look(picture, call);
        // Last, so that whoever comes again finds it until everything else is done.
        files.discard(told.object());
        return Outcome.accepted(changed ? Done.ONCE : Done.NOTHING);
    }

    private boolean look(Picture picture, Call<?> call) {
        Optional<byte[]> upload = files.upload(picture.object(), PresignUpload.LARGEST + 1);
        if (upload.isEmpty()) {
            // Somebody else has come to the end with it meanwhile.
            return false;
        }
        return switch (resizer.resize(upload.get())) {
            case Resized resized -> show(picture, resized, call.receivedAt());
            case Refused refused -> reject(picture, refused, call.receivedAt());
        };
    }

    private boolean show(Picture picture, Resized resized, Instant now) {
        String key = PictureKey.of(picture.ownerId(), resized);
        files.show(key, resized.variants());
        return commit(
                picture.ready(key),
                now,
                new PictureResized(
                        picture.pictureId(), picture.ownerId(), key, resized.width(), resized.height(), now));
    }

    private boolean reject(Picture picture, Refused refused, Instant now) {
        LOG.log(
                System.Logger.Level.INFO,
                "{0} is not taken: {1}, {2}",
                picture.pictureId(),
                refused.reason().code(),
                refused.detail());
        Reason reason = Reason.valueOf(refused.reason().name());
        return commit(
                picture.rejected(reason),
                now,
                new PictureRejected(picture.pictureId(), picture.ownerId(), reason, now));
    }

    private boolean commit(Picture next, Instant now, PictureEvent event) {
        List<Fact<?>> facts = List.of(Fact.of(ResizeImage.class, next.facts(), now, event));
        try {
            pictures.save(next, facts);
        } catch (StaleWrite _) {
            // The same upload, handled at the same time: what came of it is the same.
            return false;
        }
        pictures.announce(facts);
        return true;
    }
}
