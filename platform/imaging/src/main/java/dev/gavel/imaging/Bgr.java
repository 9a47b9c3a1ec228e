package dev.gavel.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/// The one form pixels have here: three bytes each, blue first, row after row.
final class Bgr {
    private Bgr() {}

    static BufferedImage image(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    /// The samples themselves, not a copy.
    static byte[] samples(BufferedImage image) {
        if (image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
            throw new IllegalArgumentException("an image of type " + image.getType() + " is not in the form used here");
        }
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
