package dev.gavel.media;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UseCase;

/// Tells its owner what has become of a picture; to everybody else there is none. Refusals: {@link
/// UploadRejected} `Missing`.
public final class GetPicture implements UseCase<GetPicture.Query, PictureView> {

    public record Query(PictureId pictureId) {}

    private final Pictures pictures;

    GetPicture(Pictures pictures) {
        this.pictures = pictures;
    }

    @Override
    public Outcome<PictureView> apply(Call<Query> call) {
        return pictures.find(call.command().pictureId())
                .filter(picture -> picture.ownerId().equals(call.user()))
                .map(picture -> Outcome.accepted(PictureView.of(picture)))
                .orElseGet(() -> Outcome.rejected(new UploadRejected.Missing()));
    }
}
