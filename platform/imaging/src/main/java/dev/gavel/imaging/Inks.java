package dev.gavel.imaging;

/// Pictures made for printing, in cyan, magenta, yellow and black.
final class Inks {
    private Inks() {}

    /// @param inks four bytes a pixel
    /// @param bgr three bytes a pixel, filled here
    /// @param inverted whether 255 means no ink, as Adobe stores it
    static void toLights(byte[] inks, byte[] bgr, boolean inverted) {
        int flip = inverted ? 0 : 255;
        for (int from = 0, to = 0; to < bgr.length; from += 4, to += 3) {
            int black = inks[from + 3] & 0xFF ^ flip;
            bgr[to] = light(inks[from + 2] & 0xFF ^ flip, black);
            bgr[to + 1] = light(inks[from + 1] & 0xFF ^ flip, black);
            bgr[to + 2] = light(inks[from] & 0xFF ^ flip, black);
        }
    }

    private static byte light(int colour, int black) {
        return (byte) ((colour * black + 127) / 255);
    }
}
