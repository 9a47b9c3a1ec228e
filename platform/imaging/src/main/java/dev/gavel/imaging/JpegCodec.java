package dev.gavel.imaging;

import java.awt.image.BufferedImage;

/// What opens and writes JPEGs.
interface JpegCodec {

    /// Opens a picture in the smallest size it can that is not below what is asked for.
    ///
    /// @param enough pixels of the longer side that must be left, if it has as many
    /// @return of the type `TYPE_3BYTE_BGR`, in the colours of the file, as the camera was held
    /// @throws PictureRefused when it is damaged
    BufferedImage decode(JpegFile file, int enough) throws PictureRefused;

    /// The bytes of memory that takes, beyond those of the file.
    long memory(JpegFile file, int enough);

    /// @param image of the type `TYPE_3BYTE_BGR`, in sRGB
    /// @param quality from 1 to 100
    /// @return a baseline JPEG with half the colour resolution and no metadata
    byte[] encode(BufferedImage image, int quality);
}
