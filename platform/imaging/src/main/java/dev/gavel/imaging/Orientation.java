package dev.gavel.imaging;

import java.awt.image.BufferedImage;

/// How a camera was held, as EXIF has it (tag 0x0112, from 1 to 8).
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    MIRRORED_UPSIDE_DOWN,
    MIRRORED_LEFT,
    LEFT,
    MIRRORED_RIGHT,
    RIGHT;

    /// @param exif anything that is no orientation is taken for upright
    static Orientation of(int exif) {
        return exif >= 1 && exif <= 8 ? values()[exif - 1] : UPRIGHT;
    }

    /// The picture as it was seen.
    ///
    /// @param image of the type `TYPE_3BYTE_BGR`
    BufferedImage upright(BufferedImage image) {
        if (this == UPRIGHT) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        boolean turned = ordinal() >= MIRRORED_LEFT.ordinal();
        BufferedImage seen = Bgr.image(turned ? height : width, turned ? width : height);
        byte[] from = Bgr.samples(image);
        byte[] to = Bgr.samples(seen);
        int row = 3 * seen.getWidth();
        // Where the first pixel goes, and how far the next of its row and of its column go from there.
        int lastX = 3 * (seen.getWidth() - 1);
        int lastY = row * (seen.getHeight() - 1);
        int start = switch (this) {
            case UPRIGHT, MIRRORED_LEFT -> 0;
            case MIRRORED, LEFT -> lastX;
            case UPSIDE_DOWN, MIRRORED_RIGHT -> lastX + lastY;
            case MIRRORED_UPSIDE_DOWN, RIGHT -> lastY;
        };
        int right = switch (this) {
            case UPRIGHT, MIRRORED_UPSIDE_DOWN -> 3;
            case MIRRORED, UPSIDE_DOWN -> -3;
            case MIRRORED_LEFT, LEFT -> row;
            case MIRRORED_RIGHT, RIGHT -> -row;
        };
        int down = switch (this) {
            case UPRIGHT, MIRRORED -> row;
            case UPSIDE_DOWN, MIRRORED_UPSIDE_DOWN -> -row;
            case MIRRORED_LEFT, RIGHT -> 3;
            case LEFT, MIRRORED_RIGHT -> -3;
        };
        int at = 0;
        for (int y = 0; y < height; y++) {
            int target = start + y * down;
            for (int x = 0; x < width; x++, at += 3, target += right) {
                to[target] = from[at];
                to[target + 1] = from[at + 1];
                to[target + 2] = from[at + 2];
            }
        }
        return seen;
    }
}
