package dev.gavel.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The one thing wanted of a camera's notes; the rest is thrown away. Exif 2.32, TIFF 6.0.
final class Exif {

    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /// @param tiff what follows `Exif\0\0`; whatever is wrong with it, the picture is taken for
    /// upright
    static Orientation orientation(ByteBuffer tiff) {
        if (tiff.remaining() < 8) {
            return Orientation.UPRIGHT;
        }
        ByteBuffer notes = tiff.slice();
        short order = notes.getShort(0);
        if (order == 0x4949) {
            notes.order(ByteOrder.LITTLE_ENDIAN);
        } else if (order != 0x4D4D) {
            return Orientation.UPRIGHT;
        }
        int directory = notes.getInt(4);
        if (notes.getShort(2) != 42 || directory < 8 || directory > notes.limit() - 2) {
            return Orientation.UPRIGHT;
        }
        int entries = Short.toUnsignedInt(notes.getShort(directory));
        for (int at = directory + 2; entries > 0 && at <= notes.limit() - 12; at += 12, entries--) {
            if (Short.toUnsignedInt(notes.getShort(at)) == ORIENTATION) {
                return notes.getShort(at + 2) == SHORT && notes.getInt(at + 4) == 1
                        ? Orientation.of(Short.toUnsignedInt(notes.getShort(at + 8)))
                        : Orientation.UPRIGHT;
            }
        }
        return Orientation.UPRIGHT;
    }
}
