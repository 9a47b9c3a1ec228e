package dev.gavel.imaging;

/// The sizes a picture is kept in, the largest first. None is ever larger than the upload.
public enum Variant {
    /// What the page of an auction shows.
    FULL(1600, 82),
    /// What a list shows on a sharp screen.
    CARD(640, 80),
    /// What a list shows.
    THUMB(320, 78);

    /// From here on a picture that is a little smaller than {@link #FULL} is not worth resampling for.
    static final int FULL_ENOUGH = 1280;

    private final int longest;
    private final int quality;

    Variant(int longest, int quality) {
        this.longest = longest;
        this.quality = quality;
    }

    /// Pixels of its longer side, at most.
    public int longest() {
        return longest;
    }

    /// Of its JPEG, from 1 to 100.
    int quality() {
        return quality;
    }

    /// Its name in a key: `full.jpg`.
    public String file() {
        return name().toLowerCase(java.util.Locale.ROOT) + ".jpg";
    }
}
