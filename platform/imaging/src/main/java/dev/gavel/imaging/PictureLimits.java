package dev.gavel.imaging;

/// What a picture may cost.
final class PictureLimits {

    static final int LARGEST_FILE = 20 * 1024 * 1024;
    static final long MOST_PIXELS = 100_000_000;

    /// Bytes of the file and of what is decoded from it.
    static final long MOST_MEMORY = 60L * 1024 * 1024;

    /// A progressive JPEG is written in some ten passes. Each costs time, however few bytes it has.
    static final int MOST_PASSES = 64;

    private static final int SHORTEST_SIDE = 16;
    private static final int LONGEST_SHAPE = 20;

    private PictureLimits() {}

    /// @throws PictureRefused when a picture of this size is not taken
    static void check(int width, int height) throws PictureRefused {
        int shorter = Math.min(width, height);
        int longer = Math.max(width, height);
        if ((long) width * height > MOST_PIXELS) {
            throw new PictureRefused(Refusal.TOO_LARGE, width + " x " + height);
        }
        if (shorter < SHORTEST_SIDE || longer > (long) shorter * LONGEST_SHAPE) {
            throw new PictureRefused(Refusal.TOO_SMALL, width + " x " + height);
        }
    }

    /// @throws PictureRefused when it takes more memory to open than there is for one picture
    static void check(long memory) throws PictureRefused {
        if (memory > MOST_MEMORY) {
            throw new PictureRefused(Refusal.TOO_COMPLEX, memory / 1024 + " KiB");
        }
    }
}
