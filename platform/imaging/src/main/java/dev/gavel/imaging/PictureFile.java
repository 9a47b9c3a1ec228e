package dev.gavel.imaging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file whose frame was read and found to be in order; nothing of it was decoded yet.
sealed interface PictureFile permits JpegFile, PngFile {

    int width();

    int height();

    /// The colour profile in the file, if any.
    byte @Nullable [] profile();

    /// Reads the frame of a file.
    ///
    /// @throws PictureRefused when it is not one that is taken, or is damaged
    static PictureFile read(byte[] file) throws PictureRefused {
        if (file.length == 0) {
            throw new PictureRefused(Refusal.EMPTY, "no bytes");
        }
        if (file.length > PictureLimits.LARGEST_FILE) {
            throw new PictureRefused(Refusal.TOO_LARGE, file.length + " bytes");
        }
        if (startsWith(file, 0, 0xFF, 0xD8, 0xFF)) {
            return JpegFile.parse(file);
        }
        if (startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return PngFile.parse(file);
        }
        String kind = kind(file);
        throw kind == null
                ? new PictureRefused(Refusal.NOT_A_PICTURE, "unknown first bytes")
                : new PictureRefused(Refusal.UNSUPPORTED, kind);
    }

    /// What it is that is not taken.
    private static @Nullable String kind(byte[] file) {
        if (startsWith(file, 0, 'G', 'I', 'F', '8')) {
            return "GIF";
        }
        if (startsWith(file, 0, 'R', 'I', 'F', 'F') && startsWith(file, 8, 'W', 'E', 'B', 'P')) {
            return "WebP";
        }
        if (startsWith(file, 4, 'f', 't', 'y', 'p')) {
            return "HEIC, AVIF or a film";
        }
        if (startsWith(file, 0, 'B', 'M')) {
            return "BMP";
        }
        if (startsWith(file, 0, 'I', 'I', 42, 0) || startsWith(file, 0, 'M', 'M', 0, 42)) {
            return "TIFF";
        }
        if (startsWith(file, 0, 'q', 'o', 'i', 'f')) {
            return "QOI";
        }
        return svg(file) ? "SVG" : null;
    }

    private static boolean svg(byte[] file) {
        String text = new String(file, 0, Math.min(file.length, 1024), java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.stripLeading().startsWith("<") && text.contains("<svg");
    }

    private static boolean startsWith(byte[] file, int at, int... bytes) {
        byte[] wanted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            wanted[i] = (byte) bytes[i];
        }
        return file.length >= at + wanted.length
                && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
