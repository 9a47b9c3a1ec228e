package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.events.PictureEvent;
import dev.gavel.events.PictureEvent.PictureDeleted;
import dev.gavel.events.PictureEvent.PictureResized;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Keeps whose pictures can be shown. Any number of repetitions come to the same.
public final class TrackPicture implements UseCase<Fact<PictureEvent>, Done> {

    private final ShownPictures pictures;

    TrackPicture(ShownPictures pictures) {
        this.pictures = pictures;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<PictureEvent>> call) {
        switch (call.command().data()) {
            case PictureResized it -> pictures.add(it.key(), it.pictureId(), it.ownerId());
            case PictureDeleted it -> pictures.remove(it.key(), it.pictureId());
            default -> {
                return Outcome.accepted(Done.NOTHING);
            }
        }
        return Outcome.accepted(Done.ONCE);
    }
}
