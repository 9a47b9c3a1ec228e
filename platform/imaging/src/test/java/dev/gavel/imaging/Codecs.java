package dev.gavel.imaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/// The two ways to open a JPEG.
enum Codecs {
    TURBO,
    JDK;

    /// @throws AssertionError where the fast one must be there, because it is what runs in production
    JpegCodec codec() {
        if (this == JDK) {
            return new ImageIo();
        }
        Optional<TurboJpeg> turbo = TurboJpeg.load();
        if (turbo.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("libjpeg-turbo is missing: apt-get install libturbojpeg0");
        }
        assumeTrue(turbo.isPresent(), "apt-get install libturbojpeg0 to try the fast decoder, too");
        return turbo.orElseThrow();
    }

    PictureResizer resizer() {
        return new PictureResizer(codec());
    }
}
