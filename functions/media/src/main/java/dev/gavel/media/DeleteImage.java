package dev.gavel.media;

import dev.gavel.events.Fact;
import dev.gavel.events.PictureEvent.PictureDeleted;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.Optional;

/// Takes a picture of one's own away, so that nobody sees it any more but who has it already. Once
/// more changes nothing. Refusals: {@link UploadRejected} `Missing`.
public final class DeleteImage implements UseCase<DeleteImage.Command, PictureView> {

    public record Command(PictureId pictureId) {}

    private final Pictures pictures;
    private final PictureFiles files;

    DeleteImage(Pictures pictures, PictureFiles files) {
        this.pictures = pictures;
        this.files = files;
    }

    @Override
    public Outcome<PictureView> apply(Call<Command> call) {
        Optional<Picture> found = pictures.find(call.command().pictureId())
                .filter(picture -> picture.ownerId().equals(call.user()));
        if (found.isEmpty()) {
            return Outcome.rejected(new UploadRejected.Missing());
        }
        Picture picture = found.get();
        String key = picture.key();
        if (picture.status() == Picture.Status.READY && key != null) {
            picture = picture.deleted();
            List<Fact<?>> facts = List.of(Fact.of(
                    DeleteImage.class,
                    picture.facts(),
                    call.receivedAt(),
                    new PictureDeleted(picture.pictureId(), picture.ownerId(), key, call.receivedAt())));
            pictures.save(picture, facts);
            pictures.announce(facts);
        }
        // Again on every repetition: a death may have come between the two.
        if (picture.status() == Picture.Status.DELETED && key != null && !pictures.isShownElsewhere(picture)) {
            files.hide(key);
        }
        return Outcome.accepted(PictureView.of(picture));
    }
}
