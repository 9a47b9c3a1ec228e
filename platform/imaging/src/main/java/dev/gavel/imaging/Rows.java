package dev.gavel.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// A picture row by row, as {@link Bgr} has it; what is transparent is on white. Samples are taken as
/// they are: Java's own way to colours would make grey ones lighter.
@FunctionalInterface
interface Rows {

    /// @param row filled with three samples a pixel, from 0 to 255
    void read(int y, int[] row);

    static Rows of(BufferedImage image) {
        int width = image.getWidth();
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            byte[] samples = Bgr.samples(image);
            return (y, row) -> {
                int from = 3 * width * y;
                for (int i = 0; i < 3 * width; i++) {
                    row[i] = samples[from + i] & 0xFF;
                }
            };
        }
        Raster raster = image.getRaster();
        int[] pixels = new int[width * raster.getNumBands()];
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int[] colours = new int[palette.getMapSize()];
            palette.getRGBs(colours);
            return (y, row) -> {
                raster.getPixels(0, y, width, 1, pixels);
                for (int x = 0; x < width; x++) {
                    int colour = colours[Math.min(pixels[x], colours.length - 1)];
                    put(row, 3 * x, colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, colour >>> 24);
                }
            };
        }
        int bands = raster.getNumBands();
        int shift = raster.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        // Grey comes as one band, colour as three in the order red, green, blue; one more is how opaque it is.
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        boolean opaque = bands == 1 || bands == 3;
        return (y, row) -> {
            raster.getPixels(0, y, width, 1, pixels);
            for (int x = 0, at = 0; x < width; x++, at += bands) {
                put(
                        row,
                        3 * x,
                        pixels[at] >> shift,
                        pixels[at + green] >> shift,
                        pixels[at + blue] >> shift,
                        opaque ? 255 : pixels[at + bands - 1] >> shift);
            }
        };
    }

    private static void put(int[] row, int at, int red, int green, int blue, int opaque) {
        row[at] = onWhite(blue, opaque);
        row[at + 1] = onWhite(green, opaque);
        row[at + 2] = onWhite(red, opaque);
    }

    private static int onWhite(int sample, int opaque) {
        return opaque == 255 ? sample : (sample * opaque + 255 * (255 - opaque) + 127) / 255;
    }
}
