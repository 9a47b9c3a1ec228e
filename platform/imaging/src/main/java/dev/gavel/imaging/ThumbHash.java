package dev.gavel.imaging;

import java.awt.image.BufferedImage;

/// What is shown while a picture loads: some 25 bytes that say how bright and of which colours it is
/// where. The format is that of https://evanw.github.io/thumbhash, without transparency. The same
/// pixels give the same bytes on every machine.
final class ThumbHash {

    /// Pixels of the longer side; more would change nothing that is seen.
    static final int LONGEST = 100;

    private static final int TERMS = 7;

    private ThumbHash() {}

    /// @param image of the type `TYPE_3BYTE_BGR`, at most {@link #LONGEST} pixels a side
    static byte[] of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] samples = Bgr.samples(image);
        double[] light = new double[width * height];
        double[] yellow = new double[width * height];
        double[] red = new double[width * height];
        for (int i = 0; i < light.length; i++) {
            double b = (samples[3 * i] & 0xFF) / 255d;
            double g = (samples[3 * i + 1] & 0xFF) / 255d;
            double r = (samples[3 * i + 2] & 0xFF) / 255d;
            light[i] = (r + g + b) / 3;
            yellow[i] = (r + g) / 2 - b;
            red[i] = r - g;
        }
        int longer = Math.max(width, height);
        int across = (int) Math.max(1, Math.round((double) TERMS * width / longer));
        int down = (int) Math.max(1, Math.round((double) TERMS * height / longer));
        Channel l = Channel.of(light, width, height, Math.max(3, across), Math.max(3, down));
        Channel p = Channel.of(yellow, width, height, 3, 3);
        Channel q = Channel.of(red, width, height, 3, 3);
        return written(l, p, q, width > height, width > height ? down : across);
    }

    private static byte[] written(Channel l, Channel p, Channel q, boolean landscape, int shorter) {
        int terms = l.terms().length + p.terms().length + q.terms().length;
        byte[] hash = new byte[5 + Math.ceilDiv(terms, 2)];
        long head = Math.round(63 * l.mean())
                | Math.round(31.5 + 31.5 * p.mean()) << 6
                | Math.round(31.5 + 31.5 * q.mean()) << 12
                | Math.round(31 * l.scale()) << 18
                | (long) shorter << 24
                | Math.round(63 * p.scale()) << 27
                | Math.round(63 * q.scale()) << 33
                | (landscape ? 1L : 0L) << 39;
        for (int i = 0; i < 5; i++) {
            hash[i] = (byte) (head >> 8 * i);
        }
        int at = 0;
        for (Channel channel : new Channel[] {l, p, q}) {
            for (double term : channel.terms()) {
                hash[5 + at / 2] |= (byte) (Math.round(15 * term) << 4 * (at % 2));
                at++;
            }
        }
        return hash;
    }

    /// The lowest terms of a cosine transform.
    ///
    /// @param terms from 0 to 1
    /// @param scale the largest of them, before they were
    private record Channel(double mean, double[] terms, double scale) {

        static Channel of(double[] samples, int width, int height, int across, int down) {
            double mean = 0;
            double scale = 0;
            double[] terms = new double[across * down];
            int count = 0;
            double[] wave = new double[width];
            for (int cy = 0; cy < down; cy++) {
                for (int cx = 0; cx * down < across * (down - cy); cx++) {
                    for (int x = 0; x < width; x++) {
                        wave[x] = StrictMath.cos(Math.PI / width * cx * (x + 0.5));
                    }
                    double sum = 0;
                    for (int y = 0; y < height; y++) {
                        double tall = StrictMath.cos(Math.PI / height * cy * (y + 0.5));
                        for (int x = 0; x < width; x++) {
                            sum += samples[x + y * width] * wave[x] * tall;
                        }
                    }
                    double term = sum / (width * height);
                    if (cx == 0 && cy == 0) {
                        mean = term;
                    } else {
                        terms[count++] = term;
                        scale = Math.max(scale, Math.abs(term));
                    }
                }
            }
            double[] kept = java.util.Arrays.copyOf(terms, count);
            for (int i = 0; i < count && scale > 0; i++) {
                kept[i] = 0.5 + 0.5 / scale * kept[i];
            }
            return new Channel(mean, kept, scale);
        }
    }
}
