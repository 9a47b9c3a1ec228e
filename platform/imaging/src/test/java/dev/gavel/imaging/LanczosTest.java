package dev.gavel.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.testkit.Likeness;
import dev.gavel.testkit.Photographs;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanczosTest {

    private final Lanczos lanczos = new Lanczos();

    @ParameterizedTest
    @CsvSource({"100, 80, 37, 29", "16, 16, 15, 15", "640, 20, 13, 1", "17, 300, 1, 16", "33, 33, 33, 33"})
    void anEvenSurfaceStaysWhatItIs(int width, int height, int toWidth, int toHeight) {
        for (int value : new int[] {0, 1, 127, 200, 255}) {
            BufferedImage source = Bgr.image(width, height);
            Arrays.fill(Bgr.samples(source), (byte) value);
            BufferedImage target = Bgr.image(toWidth, toHeight);
            lanczos.resize(source, target);
            for (byte sample : Bgr.samples(target)) {
                assertThat(sample & 0xFF).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"800, 600, 320, 240", "501, 377, 250, 188", "640, 480, 600, 450"})
    void aPhotographStaysLikeItself(int width, int height, int toWidth, int toHeight) {
        BufferedImage source = Photographs.photo(width, height, 11);
        BufferedImage target = Bgr.image(toWidth, toHeight);
        lanczos.resize(source, target);
        assertThat(Likeness.of(target, Likeness.reference(source, toWidth, toHeight)))
                .isGreaterThan(0.97);
    }

    @ParameterizedTest
    @CsvSource({"64, 64, 64, 64"})
    void theSameSizeIsTheSamePicture(int width, int height, int toWidth, int toHeight) {
        BufferedImage source = Photographs.photo(width, height, 11);
        BufferedImage target = Bgr.image(toWidth, toHeight);
        lanczos.resize(source, target);
        assertThat(Bgr.samples(target)).isEqualTo(Bgr.samples(source));
    }
}
