package dev.gavel.imaging;

import java.util.Map;

/// What became of a file.
public sealed interface Resizing {

    /// A picture, upright, in sRGB, with nothing in it but pixels.
    ///
    /// @param width pixels of the full variant
    /// @param height pixels of the full variant
    /// @param placeholder a ThumbHash, some 25 bytes
    /// @param variants a JPEG for each
    record Resized(int width, int height, byte[] placeholder, Map<Variant, byte[]> variants) implements Resizing {}

    /// @param detail what exactly is wrong, for the log; nothing of the file is in it
    record Refused(Refusal reason, String detail) implements Resizing {}
}
