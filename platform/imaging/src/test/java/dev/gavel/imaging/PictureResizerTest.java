package dev.gavel.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gavel.testkit.Likeness;
import dev.gavel.testkit.Photographs;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PictureResizerTest {

    private static final BufferedImage PHOTO = Photographs.photo(2400, 1800, 7);

    @ParameterizedTest
    @EnumSource
    void everyVariantIsThePictureMadeSmaller(Codecs codecs) {
        Resizing.Resized resized = resized(codecs, Photographs.jpeg(PHOTO));
        assertThat(resized.width()).isBetween(Variant.FULL_ENOUGH, Variant.FULL.longest());
        for (Variant variant : Variant.values()) {
            BufferedImage image = image(resized, variant);
            assertThat(Math.max(image.getWidth(), image.getHeight())).isLessThanOrEqualTo(variant.longest());
            assertThat(4 * image.getHeight()).isEqualTo(3 * image.getWidth());
            BufferedImage reference = Likeness.reference(PHOTO, image.getWidth(), image.getHeight());
            assertThat(Likeness.of(image, reference)).as("%s", variant).isGreaterThan(0.97);
        }
    }

    @Test
    void theLikenessTellsPicturesApart() {
        BufferedImage other = Photographs.photo(400, 300, 8);
        BufferedImage moved = Bgr.image(400, 300);
        moved.createGraphics().drawImage(other, 2, 1, null);
        assertThat(Likeness.of(other, other)).isEqualTo(1);
        assertThat(Likeness.of(moved, other)).isLessThan(0.9);
        assertThat(Likeness.of(Photographs.photo(400, 300, 9), other)).isLessThan(0.5);
    }

    @ParameterizedTest
    @EnumSource
    void aSmallPictureIsNotMadeLarger(Codecs codecs) {
        Resizing.Resized resized = resized(codecs, Photographs.jpeg(Photographs.photo(300, 200, 1)));
        for (Variant variant : Variant.values()) {
            BufferedImage image = image(resized, variant);
            assertThat(image.getWidth()).isEqualTo(300);
            assertThat(image.getHeight()).isEqualTo(200);
        }
    }

    static Stream<Arguments> everyOrientation() {
        return Stream.of(Codecs.values())
                .flatMap(codecs -> IntStream.rangeClosed(0, 9).mapToObj(o -> Arguments.of(codecs, o)));
    }

    @ParameterizedTest
    @MethodSource("everyOrientation")
    void aPictureStandsAsItWasSeen(Codecs codecs, int orientation) {
        // What is seen has red above left and is wide, whichever way the camera stored it.
        BufferedImage stored = switch (orientation) {
            case 2 -> mapped(800, 400, (x, y) -> new int[] {799 - x, y});
            case 3 -> mapped(800, 400, (x, y) -> new int[] {799 - x, 399 - y});
            case 4 -> mapped(800, 400, (x, y) -> new int[] {x, 399 - y});
            case 5 -> mapped(400, 800, (x, y) -> new int[] {y, x});
            case 6 -> mapped(400, 800, (x, y) -> new int[] {799 - y, x});
            case 7 -> mapped(400, 800, (x, y) -> new int[] {799 - y, 399 - x});
            case 8 -> mapped(400, 800, (x, y) -> new int[] {y, 399 - x});
            default -> Photographs.quarters(800, 400);
        };
        byte[] file = Photographs.with(Photographs.jpeg(stored), 0xE1, Photographs.exif(orientation));
        Resizing.Resized resized = resized(codecs, file);
        assertThat(resized.width()).isEqualTo(800);
        assertThat(resized.height()).isEqualTo(400);
        assertThat(Likeness.of(image(resized, Variant.FULL), Photographs.quarters(800, 400)))
                .isGreaterThan(0.97);
        assertColour(image(resized, Variant.THUMB), 40, 40, 0xD02020);
        assertColour(image(resized, Variant.THUMB), 280, 40, 0x20C020);
        assertColour(image(resized, Variant.THUMB), 40, 120, 0x2020D0);
        assertColour(image(resized, Variant.THUMB), 280, 120, 0xD0D020);
    }

    @ParameterizedTest
    @EnumSource
    void nothingSurvivesButPixels(Codecs codecs) {
        byte[] file = Photographs.jpeg(PHOTO);
        file = Photographs.with(file, 0xFE, "a comment: call 010-1234-5678".getBytes(StandardCharsets.UTF_8));
        file = Photographs.with(file, 0xED, "Photoshop 3.0 IPTC Secret Street 7".getBytes(StandardCharsets.UTF_8));
        file = Photographs.with(
                file, 0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>".getBytes(StandardCharsets.UTF_8));
        file = Photographs.with(file, 0xE1, Photographs.exif(1));
        byte[] tail = "PK\3\4<script>alert(1)</script>".getBytes(StandardCharsets.ISO_8859_1);
        byte[] polyglot = Arrays.copyOf(file, file.length + tail.length);
        System.arraycopy(tail, 0, polyglot, file.length, tail.length);
        for (String secret : secrets()) {
            assertThat(text(polyglot)).as("control").contains(secret);
        }
        resized(codecs, polyglot).variants().forEach((variant, bytes) -> {
            assertThat(text(bytes)).as("%s", variant).doesNotContain(secrets());
            assertThat(segments(bytes)).as("%s", variant).doesNotContain(0xE1, 0xE2, 0xED, 0xEE, 0xFE);
        });
    }

    @ParameterizedTest
    @EnumSource
    void widerColoursBecomeThoseOfTheScreen(Codecs codecs) {
        BufferedImage plain = Bgr.image(64, 64);
        Arrays.fill(Bgr.samples(plain), (byte) 40);
        for (int i = 0; i < 64 * 64; i++) {
            plain.setRGB(i % 64, i / 64, 0xC86432);
        }
        byte[] wide =
                Photographs.with(Photographs.jpeg(plain), 0xE2, Photographs.iccSegment(Photographs.wideProfile()));
        // Display P3 (200, 100, 50) is (214, 96, 33) in sRGB.
        assertColour(image(resized(codecs, wide), Variant.FULL), 32, 32, 0xD66021);
        assertColour(image(resized(codecs, Photographs.jpeg(plain)), Variant.FULL), 32, 32, 0xC86432);
    }

    @ParameterizedTest
    @EnumSource
    void picturesForPrintersAndGreyOnesAreUnderstood(Codecs codecs) {
        BufferedImage quarters = Photographs.quarters(400, 300);
        assertThat(Likeness.of(image(resized(codecs, Photographs.printed(quarters)), Variant.FULL), quarters))
                .isGreaterThan(0.97);
        assertColour(image(resized(codecs, Photographs.printed(quarters)), Variant.FULL), 100, 60, 0xD02020);
        BufferedImage grey = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 100);
        assertColour(image(resized(codecs, Photographs.jpeg(grey)), Variant.FULL), 100, 60, 0x646464);
    }

    @ParameterizedTest
    @EnumSource
    void progressiveOnesAndThoseOfFullColourAreUnderstood(Codecs codecs) {
        BufferedImage photo = Photographs.photo(700, 500, 3);
        for (byte[] file : List.of(
                Photographs.jpeg(photo, true),
                Photographs.fullColourJpeg(photo, true),
                Photographs.fullColourJpeg(photo, false))) {
            assertThat(Likeness.of(image(resized(codecs, file), Variant.FULL), photo))
                    .isGreaterThan(0.9);
        }
    }

    static Stream<Arguments> kindsOfPng() {
        return Stream.of(
                Arguments.of("colour", BufferedImage.TYPE_INT_RGB),
                Arguments.of("transparent", BufferedImage.TYPE_INT_ARGB),
                Arguments.of("palette", BufferedImage.TYPE_BYTE_INDEXED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsOfPng")
    void everyKindOfPngIsUnderstood(String name, int type) {
        BufferedImage photo = Photographs.quarters(500, 400);
        BufferedImage image = type == BufferedImage.TYPE_BYTE_INDEXED
                ? new BufferedImage(500, 400, type, palette())
                : new BufferedImage(500, 400, type);
        image.createGraphics().drawImage(photo, 0, 0, null);
        for (byte[] file : List.of(Photographs.png(image), Photographs.interlacedPng(image))) {
            BufferedImage full = image(resized(Codecs.JDK, file), Variant.FULL);
            for (int[] at : new int[][] {{50, 50}, {450, 50}, {50, 350}, {450, 350}}) {
                assertColour(full, at[0], at[1], image.getRGB(at[0], at[1]) & 0xFFFFFF);
            }
        }
    }

    @Test
    void greySamplesAndDeepOnesStayAsBrightAsTheyAre() {
        assertColour(png(8, 0, new byte[] {100}), 10, 10, 0x646464);
        assertColour(png(16, 0, new byte[] {100, 37}), 10, 10, 0x646464);
        assertColour(png(16, 2, new byte[] {(byte) 200, 1, 100, 2, 50, 3}), 10, 10, 0xC86432);
        assertColour(png(8, 4, new byte[] {100, (byte) 255}), 10, 10, 0x646464);
        assertColour(png(16, 6, new byte[] {(byte) 200, 0, 100, 0, 50, 0, -1, -1}), 10, 10, 0xC86432);
    }

    @Test
    void whatIsTransparentIsOnWhite() {
        assertColour(png(8, 6, new byte[] {(byte) 200, 100, 50, 0}), 10, 10, 0xFFFFFF);
        assertColour(png(8, 6, new byte[] {(byte) 200, 100, 50, (byte) 128}), 10, 10, 0xE3B198);
    }

    @Test
    void aLongAndNarrowPictureKeepsItsShape() {
        Resizing.Resized resized = resized(Codecs.JDK, Photographs.jpeg(Photographs.photo(1900, 100, 2)));
        assertThat(resized.width()).isEqualTo(1600);
        assertThat(resized.height()).isEqualTo(84);
        assertThat(image(resized, Variant.THUMB).getHeight()).isEqualTo(17);
    }

    @Test
    void theSameFileAlwaysBecomesTheSameBytes() {
        byte[] file = Photographs.jpeg(Photographs.photo(900, 700, 2));
        assertThat(resized(Codecs.JDK, file)).usingRecursiveComparison().isEqualTo(resized(Codecs.JDK, file.clone()));
    }

    private static IndexColorModel palette() {
        int[] colours = {0xD02020, 0x20C020, 0x2020D0, 0xD0D020};
        return new IndexColorModel(2, 4, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static BufferedImage png(int bits, int colour, byte[] pixel) {
        int side = 32;
        byte[] pixels = new byte[side * (1 + side * pixel.length)];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                System.arraycopy(pixel, 0, pixels, y * (1 + side * pixel.length) + 1 + x * pixel.length, pixel.length);
            }
        }
        return image(resized(Codecs.JDK, Photographs.png(side, side, bits, colour, pixels)), Variant.FULL);
    }

    private interface Mapping {
        int[] seen(int x, int y);
    }

    private static BufferedImage mapped(int width, int height, Mapping mapping) {
        BufferedImage seen = Photographs.quarters(800, 400);
        BufferedImage stored = Bgr.image(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int[] at = mapping.seen(x, y);
                stored.setRGB(x, y, seen.getRGB(at[0], at[1]));
            }
        }
        return stored;
    }

    private static Resizing.Resized resized(Codecs codecs, byte[] file) {
        Resizing resizing = codecs.resizer().resize(file);
        assertThat(resizing).isInstanceOf(Resizing.Resized.class);
        return (Resizing.Resized) resizing;
    }

    private static BufferedImage image(Resizing.Resized resized, Variant variant) {
        try {
            return ImageIO.read(new ByteArrayInputStream(resized.variants().get(variant)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertColour(BufferedImage image, int x, int y, int rgb) {
        int found = image.getRGB(x, y);
        for (int shift : new int[] {16, 8, 0}) {
            assertThat(found >> shift & 0xFF)
                    .as("%06x at %d, %d instead of %06x", found & 0xFFFFFF, x, y, rgb)
                    .isCloseTo(rgb >> shift & 0xFF, within(6));
        }
    }

    private static String[] secrets() {
        return new String[] {"Exif", "GavelCamera", "010-1234", "Secret Street", "xmpmeta", "script", "PK\3\4"};
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<Integer> segments(byte[] jpeg) {
        List<Integer> markers = new ArrayList<>();
        for (int at = 2; (jpeg[at + 1] & 0xFF) != 0xDA; at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF)) {
            markers.add(jpeg[at + 1] & 0xFF);
        }
        return markers;
    }
}
