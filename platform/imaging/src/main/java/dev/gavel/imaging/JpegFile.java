package dev.gavel.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The frame of a JPEG: ITU-T T.81 with the application segments of JFIF, Exif 2.32, ICC.1 annex B and
/// Adobe.
///
/// @param components 1 is grey, 3 is colour, 4 is for printing
/// @param coefficients bytes a decoder must hold beside the pixels, 0 when it can go through the file
/// once
/// @param adobe whether an Adobe segment is there, with which inks are stored inverted
/// @param kept the file as far as it says something about pixels, up to the end of the first picture
record JpegFile(
        int width,
        int height,
        int components,
        long coefficients,
        boolean adobe,
        Orientation orientation,
        byte @Nullable [] profile,
        Pieces kept)
        implements PictureFile {

    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_PROFILE = 1 << 20;

    static JpegFile parse(byte[] file) throws PictureRefused {
        return new Parser(file).parse();
    }

    /// Whether the decoder is told of inks and not of lights.
    boolean inks() {
        return components == 4;
    }

    private static final class Parser {

        private final byte[] file;
        private final Pieces kept;
        private int at = 2;
        private int passes;
        private int width;
        private int height;
        private int components;
        private boolean progressive;
        private long samples;
        private boolean adobe;
        private Orientation orientation = Orientation.UPRIGHT;
        private @Nullable ByteArrayOutputStream profile = new ByteArrayOutputStream();

        Parser(byte[] file) {
            this.file = file;
            this.kept = new Pieces(file);
            kept.keep(0, 2);
        }

        JpegFile parse() throws PictureRefused {
            while (true) {
                int start = at;
                int marker = marker();
                if (marker == 0xD9) {
                    kept.keep(start, at);
                    break;
                }
                int end = end();
                if (segment(marker, at + 2, end)) {
                    kept.keep(start, end);
                }
                at = end;
                if (marker == 0xDA) {
                    skipPixels();
                    kept.keep(end, at);
                }
            }
            if (passes == 0) {
                throw new PictureRefused(Refusal.DAMAGED, "no pixels");
            }
            boolean once = !progressive && passes == 1;
            return new JpegFile(
                    width,
                    height,
                    components,
                    once ? 0 : 2 * samples,
                    adobe,
                    orientation,
                    profile == null || profile.size() == 0 ? null : profile.toByteArray(),
                    kept);
        }

        private int marker() throws PictureRefused {
            if (at + 1 < file.length && file[at] != (byte) 0xFF) {
                throw new PictureRefused(Refusal.DAMAGED, "no marker at " + at);
            }
            while (at + 1 < file.length && file[at + 1] == (byte) 0xFF) {
                at++;
            }
            if (at + 1 >= file.length) {
                throw new PictureRefused(Refusal.DAMAGED, "ends early");
            }
            at += 2;
            return file[at - 1] & 0xFF;
        }

        private int end() throws PictureRefused {
            int length = at + 2 > file.length ? 0 : unsigned(at);
            if (length < 2 || at + length > file.length) {
                throw new PictureRefused(Refusal.DAMAGED, "a segment ends after the file, at " + at);
            }
            return at + length;
        }

        /// @return whether a decoder needs it
        private boolean segment(int marker, int from, int to) throws PictureRefused {
            switch (marker) {
                case 0xC0, 0xC1, 0xC2 -> frame(marker, from, to);
                case 0xC4, 0xDB, 0xDD, 0xE0 -> {
                    return true;
                }
                case 0xDA -> {
                    if (width == 0) {
                        throw new PictureRefused(Refusal.DAMAGED, "pixels before the frame");
                    }
                    if (++passes > PictureLimits.MOST_PASSES) {
                        throw new PictureRefused(Refusal.TOO_COMPLEX, "more than 64 passes");
                    }
                }
                case 0xE1 -> {
                    if (startsWith(EXIF, from, to)) {
                        orientation =
                                Exif.orientation(ByteBuffer.wrap(file, from + EXIF.length, to - from - EXIF.length));
                    }
                    return false;
                }
                case 0xE2 -> {
                    if (startsWith(ICC, from, to)) {
                        profile(from + ICC.length + 2, to);
                    }
                    return false;
                }
                case 0xEE -> {
                    adobe |= startsWith(ADOBE, from, to);
                    return startsWith(ADOBE, from, to);
                }
                case 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xDC, 0xDE, 0xDF ->
                    throw new PictureRefused(Refusal.UNSUPPORTED, "JPEG of kind " + Integer.toHexString(marker));
                default -> {
                    if (marker >= 0xE3 && marker <= 0xEF || marker == 0xFE) {
                        return false;
                    }
                    throw new PictureRefused(Refusal.DAMAGED, "marker " + Integer.toHexString(marker));
                }
            }
            return true;
        }

        private void frame(int marker, int from, int to) throws PictureRefused {
            if (width != 0 || to - from < 6) {
                throw new PictureRefused(Refusal.DAMAGED, "a second frame, or half of one");
            }
            height = unsigned(from + 1);
            width = unsigned(from + 3);
            components = file[from + 5] & 0xFF;
            if (file[from] != 8 || components != 1 && components != 3 && components != 4) {
                throw new PictureRefused(
                        Refusal.UNSUPPORTED, "JPEG of " + file[from] + " bits and " + components + " components");
            }
            if (to - from != 6 + 3 * components || width == 0 || height == 0) {
                throw new PictureRefused(Refusal.DAMAGED, "frame of " + width + " x " + height);
            }
            PictureLimits.check(width, height);
            progressive = marker == 0xC2;
            samples = samples(from + 6);
        }

        /// How many samples all components have together, in whole blocks.
        private long samples(int from) throws PictureRefused {
            int widest = 1;
            int tallest = 1;
            for (int c = 0; c < components; c++) {
                int factors = file[from + 3 * c + 1] & 0xFF;
                int across = factors >> 4;
                int down = factors & 15;
                if (across < 1 || across > 4 || down < 1 || down > 4) {
                    throw new PictureRefused(Refusal.DAMAGED, "sampling " + factors);
                }
                widest = Math.max(widest, across);
                tallest = Math.max(tallest, down);
            }
            long sum = 0;
            for (int c = 0; c < components; c++) {
                int factors = file[from + 3 * c + 1] & 0xFF;
                sum += blocks(width, factors >> 4, widest) * blocks(height, factors & 15, tallest) * 64;
            }
            return sum;
        }

        private static long blocks(int side, int factor, int largest) {
            long units = Math.ceilDiv(side, 8 * largest);
            return units * factor;
        }

        private void profile(int from, int to) {
            if (profile == null || from > to || profile.size() + to - from > LARGEST_PROFILE) {
                profile = null;
                return;
            }
            profile.write(file, from, to - from);
        }

        /// Goes on to the next marker that is none of the pixels.
        private void skipPixels() throws PictureRefused {
            for (; at + 1 < file.length; at++) {
                if (file[at] == (byte) 0xFF) {
                    int next = file[at + 1] & 0xFF;
                    if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                        return;
                    }
                }
            }
            throw new PictureRefused(Refusal.DAMAGED, "ends early");
        }

        private boolean startsWith(byte[] name, int from, int to) {
            return to - from >= name.length && Arrays.equals(file, from, from + name.length, name, 0, name.length);
        }

        private int unsigned(int at) {
            return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
        }
    }
}
