package dev.gavel.media;

import dev.gavel.events.Fact;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.RememberedFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The in-memory twin of {@link DynamoPictures}, held to the same contract.
final class InMemoryPictures extends RememberedFacts implements Pictures {

    private final Map<PictureId, Picture> pictures = new HashMap<>();

    @Override
    public synchronized void save(Picture next, List<Fact<?>> facts) {
        Picture current = pictures.get(next.pictureId());
        if ((current == null ? 0 : current.writes()) != next.writes() - 1) {
            throw new StaleWrite("picture " + next.pictureId());
        }
        pictures.put(next.pictureId(), next);
        store(facts);
    }

    @Override
    public synchronized Optional<Picture> find(PictureId id) {
        return Optional.ofNullable(pictures.get(id));
    }

    @Override
    public synchronized int expected(UserId owner, int limit) {
        return (int) pictures.values().stream()
                .filter(picture -> picture.ownerId().equals(owner))
                .filter(picture -> picture.status() == Picture.Status.EXPECTED)
                .limit(limit)
                .count();
    }

    @Override
    public synchronized boolean isShownElsewhere(Picture picture) {
        return pictures.values().stream()
                .filter(other -> !other.pictureId().equals(picture.pictureId()))
                .filter(other -> other.ownerId().equals(picture.ownerId()))
                .filter(other -> other.status() == Picture.Status.READY)
                .anyMatch(other -> Objects.equals(other.key(), picture.key()));
    }
}
