package dev.gavel.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbHashTest {

    /// What the npm package thumbhash 0.1.1 makes of the same pixels.
    @ParameterizedTest
    @CsvSource({
        "100, 75, dd080a359a8087878087877877777878707008f877",
        "60, 80, dd080a3d1a7077707777777777877777808008f878",
        "50, 50, dd080a371a80878770777777787878778787070888808f07",
        "100, 20, ddf809399a70777770777777808008f877"
    })
    void isThatOfTheOriginal(int width, int height, String hash) {
        BufferedImage image = Bgr.image(width, height);
        byte[] samples = Bgr.samples(image);
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            samples[3 * i] = (byte) ((x * 7 + y * 13) % 97 * 2);
            samples[3 * i + 1] = (byte) (y * 255 / (height - 1));
            samples[3 * i + 2] = (byte) (x * 255 / (width - 1));
        }
        assertThat(HexFormat.of().formatHex(ThumbHash.of(image))).isEqualTo(hash);
    }
}
