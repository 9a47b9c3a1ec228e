package dev.gavel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.kernel.PictureId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What everybody who keeps which pictures there are promises.
interface ShownPicturesContract {

    String KEY = "p/7ZQ4X0V9M2K8C5B1N3W6R7T0YH-1512x1134-3QgKNZqAh4CHh4d3h3d4d3B3CPh3";
    String OTHER = "p/8ZQ4X0V9M2K8C5B1N3W6R7T0YH-640x480-3QgKNZqAh4CHh4d3h3d4d3B3CPh3";

    ShownPictures pictures();

    @Test
    default void aPictureIsItsOwnersAlone() {
        ShownPictures pictures = pictures();
        assertThat(pictures.unknown(Shop.SELLER, List.of(KEY, "demo/a.svg", OTHER)))
                .containsExactly(KEY, OTHER);
        pictures.add(KEY, PictureId.next(Shop.IDS), Shop.SELLER);
        assertThat(pictures.unknown(Shop.SELLER, List.of(KEY, "demo/a.svg", OTHER)))
                .containsExactly(OTHER);
        assertThat(pictures.unknown(Shop.ANNA, List.of(KEY, "demo/a.svg"))).containsExactly(KEY);
        assertThat(pictures.unknown(Shop.ANNA, List.of("demo/a.svg"))).isEmpty();
        assertThat(pictures.unknown(Shop.ANNA, List.of())).isEmpty();
    }

    @Test
    default void oneThatWasUploadedTwiceGoesWithTheSecond() {
        ShownPictures pictures = pictures();
        PictureId first = PictureId.next(Shop.IDS);
        PictureId second = PictureId.next(Shop.IDS);
        pictures.add(KEY, first, Shop.SELLER);
        pictures.add(KEY, second, Shop.SELLER);
        pictures.remove(KEY, first);
        assertThat(pictures.unknown(Shop.SELLER, List.of(KEY))).isEmpty();
        pictures.remove(KEY, second);
        pictures.remove(KEY, second);
        assertThat(pictures.unknown(Shop.SELLER, List.of(KEY))).containsExactly(KEY);
    }
}
