package dev.gavel.imaging;

/// Why a file is not taken.
public enum Refusal {
    EMPTY("the file is empty"),
    NOT_A_PICTURE("the file is no picture that is known here; send a JPEG or a PNG"),
    UNSUPPORTED("pictures of this kind are not taken; send a JPEG or a PNG of 8 or 16 bits"),
    DAMAGED("the picture is damaged or not complete; save it again and send it whole"),
    TOO_LARGE("the picture is too large; send at most 20 MB and 100 megapixels"),
    TOO_SMALL(
            "the picture is too small or too narrow; send at least 16 pixels a side, at most 20 times as long as wide"),
    TOO_COMPLEX("the picture takes too much memory to open; save it smaller, or as an ordinary JPEG");

    private final String advice;

    Refusal(String advice) {
        this.advice = advice;
    }

    /// As facts and tables name it: `too-large`.
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// What the person who sent it can do.
    public String advice() {
        return advice;
    }
}
