package dev.gavel.imaging;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The frame of a PNG, third edition. Of one that moves the first picture is taken.
///
/// @param bits of a sample, from 1 to 16
/// @param channels 1 is grey or of a palette, 2 has transparency, 3 is colour, 4 is colour with
/// transparency
/// @param kept the chunks a decoder needs; their checksums are right
record PngFile(int width, int height, int bits, int channels, byte @Nullable [] profile, Pieces kept)
        implements PictureFile {

    private static final int SIGNATURE = 8;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int ICCP = 0x69434350;
    private static final int LARGEST_PROFILE = 64 * 1024;

    /// Bytes its pixels take.
    long memory() {
        return (long) width * height * channels * (bits > 8 ? 2 : 1);
    }

    static PngFile parse(byte[] file) throws PictureRefused {
        Pieces kept = new Pieces(file);
        kept.keep(0, SIGNATURE);
        byte[] profile = null;
        int header = 0;
        boolean pixels = false;
        for (int at = SIGNATURE; ; ) {
            if (at + 12 > file.length) {
                throw new PictureRefused(Refusal.DAMAGED, "ends early");
            }
            int length = number(file, at);
            int type = number(file, at + 4);
            int data = at + 8;
            if (length < 0 || length > file.length - data - 4) {
                throw new PictureRefused(Refusal.DAMAGED, "a chunk ends after the file, at " + at);
            }
            int end = data + length + 4;
            boolean needed = type == IHDR || type == PLTE || type == TRNS || type == IDAT || type == IEND;
            if (needed) {
                checksum(file, at + 4, data + length);
                kept.keep(at, end);
            }
            if ((header == 0) != (type == IHDR)) {
                throw new PictureRefused(Refusal.DAMAGED, "the header is missing, or there twice");
            }
            if (type == IHDR) {
                header = data;
                if (length != 13 || number(file, data) < 1 || number(file, data + 4) < 1) {
                    throw new PictureRefused(Refusal.DAMAGED, "a header of " + length + " bytes, or of no size");
                }
                PictureLimits.check(number(file, data), number(file, data + 4));
            } else if (type == ICCP && profile == null && !pixels) {
                profile = profile(file, data, data + length);
            } else if (type == IEND) {
                break;
            } else if (!needed && (type & 0x20000000) == 0) {
                throw new PictureRefused(Refusal.UNSUPPORTED, "PNG with an unknown chunk");
            }
            pixels |= type == IDAT;
            at = end;
        }
        if (!pixels) {
            throw new PictureRefused(Refusal.DAMAGED, "no pixels");
        }
        return new PngFile(
                number(file, header),
                number(file, header + 4),
                bits(file[header + 8], file[header + 9]),
                channels(file[header + 9]),
                profile,
                kept);
    }

    private static int bits(byte bits, byte colour) throws PictureRefused {
        boolean known = switch (bits) {
            case 1, 2, 4 -> colour == 0 || colour == 3;
            case 8 -> true;
            case 16 -> colour != 3;
            default -> false;
        };
        if (!known) {
            throw new PictureRefused(Refusal.DAMAGED, bits + " bits of colour type " + colour);
        }
        return bits;
    }

    private static int channels(byte colour) throws PictureRefused {
        return switch (colour) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            case 6 -> 4;
            default -> throw new PictureRefused(Refusal.DAMAGED, "colour type " + colour);
        };
    }

    private static void checksum(byte[] file, int from, int to) throws PictureRefused {
        CRC32 crc = new CRC32();
        crc.update(file, from, to - from);
        if ((int) crc.getValue() != number(file, to)) {
            throw new PictureRefused(Refusal.DAMAGED, "a wrong checksum at " + to);
        }
    }

    /// A profile that is too long or cannot be unpacked is as good as none.
    private static byte @Nullable [] profile(byte[] file, int from, int to) {
        int name = from;
        while (name < to && file[name] != 0) {
            name++;
        }
        if (name + 2 >= to) {
            return null;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(file, name + 2, to - name - 2);
            byte[] unpacked = new byte[LARGEST_PROFILE];
            int length = inflater.inflate(unpacked);
            return inflater.finished() ? java.util.Arrays.copyOf(unpacked, length) : null;
        } catch (DataFormatException _) {
            return null;
        }
    }

    private static int number(byte[] file, int at) {
        return (file[at] & 0xFF) << 24 | (file[at + 1] & 0xFF) << 16 | (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
    }
}
