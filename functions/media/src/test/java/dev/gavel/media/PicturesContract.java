package dev.gavel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.PictureEvent.Reason;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.testkit.Race;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store of pictures promises.
interface PicturesContract {

    /// An empty store.
    Pictures pictures();

    @Test
    default void aPictureIsReadBackAsItWasWritten() {
        Pictures pictures = pictures();
        Picture picture = Album.expected();
        pictures.save(picture, List.of());
        assertThat(pictures.find(picture.pictureId())).contains(picture);
        pictures.save(picture.ready("p/A-1x1-x"), List.of());
        assertThat(pictures.find(picture.pictureId())).contains(picture.ready("p/A-1x1-x"));
        assertThat(pictures.find(Album.expected().pictureId())).isEmpty();
    }

    @Test
    default void aWriteDecidedOnAnOldStateWritesNothing() {
        Pictures pictures = pictures();
        Picture picture = Album.expected();
        pictures.save(picture, List.of());
        assertThatThrownBy(() -> pictures.save(picture, List.of())).isInstanceOf(StaleWrite.class);
        List<Boolean> won = Race.of(8, _ -> {
            try {
                pictures.save(picture.rejected(Reason.DAMAGED), List.of());
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    default void whatIsExpectedOfSomebodyIsCounted() {
        Pictures pictures = pictures();
        List<Picture> all =
                IntStream.range(0, 5).mapToObj(_ -> Album.expected()).toList();
        all.forEach(picture -> pictures.save(picture, List.of()));
        pictures.save(Album.expected(Album.BORA), List.of());
        assertThat(pictures.expected(Album.ANNA, 10)).isEqualTo(5);
        assertThat(pictures.expected(Album.ANNA, 3)).isEqualTo(3);
        pictures.save(all.getFirst().ready("p/A-1x1-x"), List.of());
        pictures.save(all.getLast().rejected(Reason.EMPTY), List.of());
        assertThat(pictures.expected(Album.ANNA, 10)).isEqualTo(3);
    }

    @Test
    default void theSamePictureTwiceIsShownUntilBothAreGone() {
        Pictures pictures = pictures();
        Picture one = Album.expected();
        Picture two = Album.expected();
        Picture others = Album.expected(Album.BORA);
        List.of(one, two, others).forEach(picture -> {
            pictures.save(picture, List.of());
            pictures.save(picture.ready("p/A-1x1-x"), List.of());
        });
        assertThat(pictures.isShownElsewhere(one.ready("p/A-1x1-x"))).isTrue();
        pictures.save(two.ready("p/A-1x1-x").deleted(), List.of());
        assertThat(pictures.isShownElsewhere(one.ready("p/A-1x1-x"))).isFalse();
    }
}
