package dev.gavel.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.testkit.Photographs;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ten thousand files that are almost in order: none may end the process, and none may be anything but
/// taken or refused.
class FuzzTest {

    private static final int FILES = 10_000;

    @ParameterizedTest
    @EnumSource
    void brokenHeadersEndNothing(Codecs codecs) {
        PictureResizer resizer = codecs.resizer();
        byte[][] seeds = {
            Photographs.jpeg(Photographs.photo(72, 56, 1)),
            Photographs.jpeg(Photographs.photo(72, 56, 2), true),
            Photographs.fullColourJpeg(Photographs.photo(40, 40, 3), false),
            Photographs.printed(Photographs.photo(32, 24, 4)),
            Photographs.with(
                    Photographs.with(
                            Photographs.jpeg(Photographs.photo(48, 48, 5)),
                            0xE2,
                            Photographs.iccSegment(Photographs.wideProfile())),
                    0xE1,
                    Photographs.exif(6)),
        };
        Random random = new Random(20261123);
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            switch (resizer.resize(mutated(seeds[i % seeds.length], random))) {
                case Resizing.Resized _ -> taken++;
                case Resizing.Refused _ -> refused++;
            }
        }
        assertThat(taken + refused).isEqualTo(FILES);
        // Both ways were gone often, or the files were not almost in order.
        assertThat(taken).isGreaterThan(FILES / 50);
        assertThat(refused).isGreaterThan(FILES / 50);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] file = seed.clone();
        int header = Math.min(file.length, 700);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = 2 + random.nextInt((random.nextInt(4) == 0 ? file.length : header) - 2);
            file[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) (file[at] ^ 1 << random.nextInt(8));
                case 2 -> (byte) 0xFF;
                default -> 0;
            };
        }
        return file;
    }
}
