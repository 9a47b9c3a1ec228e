package dev.gavel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.PictureEvent;
import dev.gavel.events.PictureEvent.PictureDeleted;
import dev.gavel.events.PictureEvent.PictureRejected;
import dev.gavel.events.PictureEvent.PictureResized;
import dev.gavel.events.PictureEvent.Reason;
import dev.gavel.imaging.PictureResizer;
import dev.gavel.imaging.Refusal;
import dev.gavel.imaging.Variant;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Outcome.Accepted;
import dev.gavel.kernel.Outcome.Rejected;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import java.awt.Color;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseCasesTest {

    private static final PictureResizer RESIZER = PictureResizer.fastest(() -> {});

    private final InMemoryPictures pictures = new InMemoryPictures();
    private final InMemoryPictureFiles files = new InMemoryPictureFiles();
    private final PresignUpload presign = new PresignUpload(
            pictures,
            (object, type, most, now, until) ->
                    new UploadForms.Form(URI.create("http://s3"), Map.of("key", object, "type", type)),
            Album.ids());
    private final ResizeImage resize = new ResizeImage(pictures, files, RESIZER);
    private final GetPicture get = new GetPicture(pictures);
    private final DeleteImage delete = new DeleteImage(pictures, files);

    @Test
    void aPictureIsUploadedMadeSmallerAndShown() {
        Picture picture = uploaded(Album.ANNA, Album.photo(Color.RED));
        assertThat(view(Album.ANNA, picture).status()).isEqualTo(Picture.Status.EXPECTED);
        assertThat(resize.apply(Album.told(picture))).isEqualTo(Outcome.accepted(Done.ONCE));
        PictureView view = view(Album.ANNA, picture);
        assertThat(view.status()).isEqualTo(Picture.Status.READY);
        assertThat(view.key())
                .matches("p/[0-9A-HJKMNP-TV-Z]{26}-900x600-[A-Za-z0-9_-]+")
                .hasSizeLessThan(121);
        for (Variant variant : Variant.values()) {
            assertThat(files.shown).containsKey(view.key() + "/" + variant.file());
        }
        assertThat(files.uploads).isEmpty();
        assertThat(told()).hasExactlyElementsOfTypes(PictureResized.class);
    }

    @Test
    void whatIsNoPictureIsRejectedWithTheReason() {
        Picture picture = uploaded(Album.ANNA, "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8));
        assertThat(resize.apply(Album.told(picture))).isEqualTo(Outcome.accepted(Done.ONCE));
        assertThat(view(Album.ANNA, picture).reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(view(Album.ANNA, picture).key()).isNull();
        assertThat(files.shown).isEmpty();
        assertThat(files.uploads).isEmpty();
        assertThat(told()).hasExactlyElementsOfTypes(PictureRejected.class);
    }

    @Test
    void everyReasonHasAName() {
        assertThat(Reason.values())
                .extracting(Enum::name)
                .containsExactly(Stream.of(Refusal.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void twoHundredDeliveriesAreOnePicture() {
        Picture picture = uploaded(Album.ANNA, Album.photo(Color.RED));
        for (int i = 0; i < 200; i++) {
            resize.apply(Album.told(picture));
        }
        assertThat(told()).hasSize(1);
        assertThat(files.shown).hasSize(3);
    }

    @Test
    void aDeathAtAnyStepIsMadeGood() {
        for (int steps = 0; steps < 5; steps++) {
            Picture picture = uploaded(Album.ANNA, Album.photo(new Color(steps, 0, 0)));
            DyingFiles dying = new DyingFiles(files, steps);
            ResizeImage doomed = new ResizeImage(pictures, dying, RESIZER);
            if (steps < 3) {
                assertThatThrownBy(() -> doomed.apply(Album.told(picture))).isInstanceOf(Unavailable.class);
            } else {
                doomed.apply(Album.told(picture));
            }
            resize.apply(Album.told(picture));
            assertThat(view(Album.ANNA, picture).status())
                    .as("after %d steps", steps)
                    .isEqualTo(Picture.Status.READY);
        }
        assertThat(files.uploads).isEmpty();
        assertThat(told()).hasSize(5);
    }

    @Test
    void anUploadNobodyExpectsIsTakenAway() {
        Picture unknown = Album.expected();
        files.uploads.put(unknown.object(), Album.photo(Color.RED));
        assertThat(resize.apply(Album.told(unknown))).isEqualTo(Outcome.accepted(Done.NOTHING));
        assertThat(files.uploads).isEmpty();
        assertThat(files.shown).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void theSameFileOfTwoPeopleIsTwoPictures() {
        Picture annas = uploaded(Album.ANNA, Album.photo(Color.RED));
        Picture boras = uploaded(Album.BORA, Album.photo(Color.RED));
        resize.apply(Album.told(annas));
        resize.apply(Album.told(boras));
        assertThat(view(Album.ANNA, annas).key())
                .isNotEqualTo(view(Album.BORA, boras).key());
    }

    @Test
    void theSameFileTwiceIsShownUntilBothAreDeleted() {
        Picture one = uploaded(Album.ANNA, Album.photo(Color.RED));
        Picture two = uploaded(Album.ANNA, Album.photo(Color.RED));
        resize.apply(Album.told(one));
        resize.apply(Album.told(two));
        assertThat(view(Album.ANNA, one).key()).isEqualTo(view(Album.ANNA, two).key());
        delete.apply(Album.call(new DeleteImage.Command(one.pictureId()), Album.ANNA));
        assertThat(files.shown).hasSize(3);
        delete.apply(Album.call(new DeleteImage.Command(two.pictureId()), Album.ANNA));
        delete.apply(Album.call(new DeleteImage.Command(two.pictureId()), Album.ANNA));
        assertThat(files.shown).isEmpty();
        assertThat(told())
                .hasExactlyElementsOfTypes(
                        PictureResized.class, PictureResized.class, PictureDeleted.class, PictureDeleted.class);
    }

    @Test
    void somebodyElsesPictureLooksLikeNone() {
        Picture picture = uploaded(Album.ANNA, Album.photo(Color.RED));
        resize.apply(Album.told(picture));
        PictureId none = Album.expected().pictureId();
        assertThat(get.apply(Album.call(new GetPicture.Query(picture.pictureId()), Album.BORA)))
                .isEqualTo(get.apply(Album.call(new GetPicture.Query(none), Album.BORA)))
                .isEqualTo(Outcome.rejected(new UploadRejected.Missing()));
        assertThat(delete.apply(Album.call(new DeleteImage.Command(picture.pictureId()), Album.BORA)))
                .isEqualTo(Outcome.rejected(new UploadRejected.Missing()));
        assertThat(files.shown).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "image/svg+xml, 10, contentType",
        "image/gif, 10, contentType",
        "text/html, 10, contentType",
        "'', 10, contentType",
        "image/png, 0, bytes",
        "image/png, -1, bytes",
        "image/jpeg, 20971521, bytes"
    })
    void whatCannotBeAPictureIsNotExpected(String type, long bytes, String member) {
        Outcome<PresignUpload.Receipt> outcome =
                presign.apply(Album.call(new PresignUpload.Command(type, bytes), Album.ANNA));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        no -> assertThat(no.reason())
                                .isInstanceOfSatisfying(
                                        UploadRejected.Invalid.class,
                                        why -> assertThat(why.member()).isEqualTo(member)));
        assertThat(pictures.expected(Album.ANNA, 1)).isZero();
    }

    @Test
    void nobodyHasMoreThanSixtyUploadsUnderWay() {
        PresignUpload.Command command = new PresignUpload.Command("image/jpeg", 10);
        for (int i = 0; i < 60; i++) {
            assertThat(presign.apply(Album.call(command, Album.ANNA))).isInstanceOf(Accepted.class);
        }
        assertThat(presign.apply(Album.call(command, Album.ANNA)))
                .isEqualTo(Outcome.rejected(new UploadRejected.TooMany(60)));
        assertThat(presign.apply(Album.call(command, Album.BORA))).isInstanceOf(Accepted.class);
    }

    private Picture uploaded(UserId owner, byte[] file) {
        Outcome<PresignUpload.Receipt> outcome =
                presign.apply(Album.call(new PresignUpload.Command("image/jpeg", file.length), owner));
        PresignUpload.Receipt receipt = ((Accepted<PresignUpload.Receipt>) outcome).value();
        files.uploads.put(String.valueOf(receipt.fields().get("key")), file);
        return pictures.find(receipt.pictureId()).orElseThrow();
    }

    private PictureView view(UserId user, Picture picture) {
        Outcome<PictureView> outcome = get.apply(Album.call(new GetPicture.Query(picture.pictureId()), user));
        return ((Accepted<PictureView>) outcome).value();
    }

    private List<PictureEvent> told() {
        return pictures.announced().stream()
                .map(fact -> (PictureEvent) fact.data())
                .toList();
    }

    /// Files whose store does not answer after so many requests.
    private static final class DyingFiles implements PictureFiles {

        private final PictureFiles files;
        private int left;

        DyingFiles(PictureFiles files, int left) {
            this.files = files;
            this.left = left;
        }

        private void step() {
            if (left-- == 0) {
                throw new Unavailable("gone");
            }
        }

        @Override
        public Optional<byte[]> upload(String object, int most) {
            step();
            return files.upload(object, most);
        }

        @Override
        public void discard(String object) {
            step();
            files.discard(object);
        }

        @Override
        public void show(String key, Map<Variant, byte[]> variants) {
            step();
            files.show(key, variants);
        }

        @Override
        public void hide(String key) {
            step();
            files.hide(key);
        }
    }
}
