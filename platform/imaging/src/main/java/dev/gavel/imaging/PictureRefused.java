package dev.gavel.imaging;

/// Thrown where a file turns out to be one that is not taken.
final class PictureRefused extends Exception {

    private final Refusal refusal;

    /// @param detail what exactly is wrong, for the log
    PictureRefused(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
