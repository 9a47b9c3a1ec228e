package dev.gavel.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.imaging.Variant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store of the files of pictures promises.
interface PictureFilesContract {

    Map<Variant, byte[]> VARIANTS =
            Map.of(Variant.FULL, new byte[] {1, 2}, Variant.CARD, new byte[] {3}, Variant.THUMB, new byte[] {4});

    PictureFiles files();

    /// Puts an upload there, as a browser does.
    void upload(String object, byte[] bytes);

    /// What everybody sees under a name; nothing when there is none.
    byte[] shown(String name);

    @Test
    default void anUploadIsReadAndTakenAway() {
        PictureFiles files = files();
        String object = Album.expected().object();
        assertThat(files.upload(object, 10)).isEmpty();
        upload(object, new byte[] {1, 2, 3, 4});
        assertThat(files.upload(object, 10)).contains(new byte[] {1, 2, 3, 4});
        assertThat(files.upload(object, 3)).contains(new byte[] {1, 2, 3});
        files.discard(object);
        files.discard(object);
        assertThat(files.upload(object, 10)).isEmpty();
    }

    @Test
    default void anEmptyUploadIsOne() {
        PictureFiles files = files();
        String object = Album.expected().object();
        upload(object, new byte[0]);
        assertThat(files.upload(object, 10)).contains(new byte[0]);
    }

    @Test
    default void variantsAreShownAndHidden() {
        PictureFiles files = files();
        String key = "p/" + Album.expected().pictureId().value().substring(4) + "-2x2-abc";
        files.show(key, VARIANTS);
        files.show(key, VARIANTS);
        VARIANTS.forEach((variant, bytes) ->
                assertThat(shown(key + "/" + variant.file())).isEqualTo(bytes));
        files.hide(key);
        files.hide(key);
        VARIANTS.keySet()
                .forEach(
                        variant -> assertThat(shown(key + "/" + variant.file())).isEmpty());
    }
}
