package dev.gavel.testkit;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/// How alike two pictures are to the eye: SSIM of their brightness (Wang, Bovik, Sheikh, Simoncelli
/// 2004) over windows of 8 by 8 pixels, 4 apart.
public final class Likeness {

    private static final double C1 = 6.5025;
    private static final double C2 = 58.5225;
    private static final int WINDOW = 8;

    private Likeness() {}

    /// @return 1 for the same picture
    public static double of(BufferedImage a, BufferedImage b) {
        if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
            throw new AssertionError(
                    "%d x %d and %d x %d".formatted(a.getWidth(), a.getHeight(), b.getWidth(), b.getHeight()));
        }
        double[] x = brightness(a);
        double[] y = brightness(b);
        double sum = 0;
        int windows = 0;
        for (int top = 0; top + WINDOW <= a.getHeight(); top += 4) {
            for (int left = 0; left + WINDOW <= a.getWidth(); left += 4, windows++) {
                sum += window(x, y, a.getWidth(), left, top);
            }
        }
        return sum / windows;
    }

    private static double window(double[] x, double[] y, int width, int left, int top) {
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int row = top; row < top + WINDOW; row++) {
            for (int at = row * width + left; at < row * width + left + WINDOW; at++) {
                sx += x[at];
                sy += y[at];
                sxx += x[at] * x[at];
                syy += y[at] * y[at];
                sxy += x[at] * y[at];
            }
        }
        int n = WINDOW * WINDOW;
        double mx = sx / n;
        double my = sy / n;
        double vx = sxx / n - mx * mx;
        double vy = syy / n - my * my;
        double vxy = sxy / n - mx * my;
        return (2 * mx * my + C1) * (2 * vxy + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));
    }

    private static double[] brightness(BufferedImage image) {
        double[] values = new double[image.getWidth() * image.getHeight()];
        for (int i = 0; i < values.length; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            values[i] = 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
        }
        return values;
    }

    /// The picture made smaller by the mean of what each pixel covers, exactly: what others are
    /// compared with.
    /// @param image of the type `TYPE_3BYTE_BGR`
    public static BufferedImage reference(BufferedImage image, int width, int height) {
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = samples(image);
        byte[] to = samples(smaller);
        double across = (double) image.getWidth() / width;
        double down = (double) image.getHeight() / height;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double[] sum = new double[3];
                double area = 0;
                for (int v = (int) (y * down); v < Math.min(Math.ceil((y + 1) * down), image.getHeight()); v++) {
                    double tall = Math.min(v + 1, (y + 1) * down) - Math.max(v, y * down);
                    for (int u = (int) (x * across); u < Math.min(Math.ceil((x + 1) * across), image.getWidth()); u++) {
                        double part = tall * (Math.min(u + 1, (x + 1) * across) - Math.max(u, x * across));
                        area += part;
                        for (int c = 0; c < 3; c++) {
                            sum[c] += part * (from[3 * (v * image.getWidth() + u) + c] & 0xFF);
                        }
                    }
                }
                for (int c = 0; c < 3; c++) {
                    to[3 * (y * width + x) + c] = (byte) Math.round(sum[c] / area);
                }
            }
        }
        return smaller;
    }

    private static byte[] samples(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
