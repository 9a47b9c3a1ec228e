package dev.gavel.imaging;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import net.coobird.thumbnailator.resizers.Resizer;

/// Makes pictures smaller with the Lanczos kernel of three lobes: down first, then across, in whole
/// numbers. Rows are taken one by one, so beside the two pictures only those are held that a row of
/// the result is made of.
final class Lanczos implements Resizer {

    private static final int LOBES = 3;
    private static final int TOGETHER = 4;
    private static final int ONE = 1 << 14;
    private static final int KEPT_BITS = 6;
    private static final int SHIFT_DOWN = 14 - KEPT_BITS;
    private static final int SHIFT_ACROSS = 14 + KEPT_BITS;

    @Override
    public void resize(BufferedImage source, BufferedImage target) {
        Rows rows = Rows.of(source);
        Taps across = Taps.of(source.getWidth(), target.getWidth());
        Taps down = Taps.of(source.getHeight(), target.getHeight());
        int[] mixed = new int[3 * (source.getWidth() + TOGETHER)];
        int[][] ring = new int[down.most()][mixed.length];
        byte[] to = Bgr.samples(target);
        int read = 0;
        for (int y = 0; y < target.getHeight(); y++) {
            int first = down.first()[y];
            int[] weights = down.weights()[y];
            for (; read < Math.min(first + weights.length, source.getHeight()); read++) {
                rows.read(read, ring[read % ring.length]);
            }
            for (int t = 0; t < weights.length; t += TOGETHER) {
                mix(ring, first + t, weights, t, mixed);
            }
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] >>= SHIFT_DOWN;
            }
            across(mixed, across, to, 3 * target.getWidth() * y);
            Arrays.fill(mixed, 0);
        }
    }

    /// The loop most time is spent in: numbers of one width, so that the compiler does many at once.
    private static void mix(int[][] ring, int first, int[] weights, int t, int[] mixed) {
        int[] a = ring[first % ring.length];
        int[] b = ring[(first + 1) % ring.length];
        int[] c = ring[(first + 2) % ring.length];
        int[] d = ring[(first + 3) % ring.length];
        int ofA = weights[t];
        int ofB = weights[t + 1];
        int ofC = weights[t + 2];
        int ofD = weights[t + 3];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] += ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
        }
    }

    private static void across(int[] row, Taps taps, byte[] to, int at) {
        for (int x = 0; x < taps.first().length; x++, at += 3) {
            int blue = 1 << SHIFT_ACROSS - 1;
            int green = blue;
            int red = blue;
            int from = 3 * taps.first()[x];
            for (int weight : taps.weights()[x]) {
                blue += weight * row[from];
                green += weight * row[from + 1];
                red += weight * row[from + 2];
                from += 3;
            }
            to[at] = sample(blue);
            to[at + 1] = sample(green);
            to[at + 2] = sample(red);
        }
    }

    private static byte sample(int mixed) {
        return (byte) Math.clamp(mixed >> SHIFT_ACROSS, 0, 255);
    }

    /// What each sample of the result is mixed of.
    ///
    /// @param first of the samples it is mixed of
    /// @param weights of that one and those after it; the sum is {@link #ONE}
    /// @param most that one is mixed of
    private record Taps(int[] first, int[][] weights, int most) {

        static Taps of(int source, int target) {
            double ratio = (double) source / target;
            double reach = LOBES * Math.max(ratio, 1);
            int[] first = new int[target];
            int[][] weights = new int[target][];
            int most = 1;
            for (int i = 0; i < target; i++) {
                double middle = (i + 0.5) * ratio - 0.5;
                int from = Math.max((int) Math.ceil(middle - reach), 0);
                int to = Math.min((int) Math.floor(middle + reach), source - 1);
                first[i] = from;
                weights[i] = weights(from, to, middle, Math.max(ratio, 1));
                most = Math.max(most, weights[i].length);
            }
            return new Taps(first, weights, most);
        }

        private static int[] weights(int from, int to, double middle, double stretch) {
            double[] exact = new double[to - from + 1];
            double sum = 0;
            for (int i = 0; i < exact.length; i++) {
                exact[i] = kernel((from + i - middle) / stretch);
                sum += exact[i];
            }
            // Those after the last are nothing.
            int[] weights = new int[Math.ceilDiv(exact.length, TOGETHER) * TOGETHER];
            int left = ONE;
            int largest = 0;
            for (int i = 0; i < exact.length; i++) {
                weights[i] = (int) Math.round(exact[i] / sum * ONE);
                left -= weights[i];
                largest = weights[i] > weights[largest] ? i : largest;
            }
            // So that an even surface stays what it is.
            weights[largest] += left;
            return weights;
        }

        private static double kernel(double x) {
            if (Math.abs(x) < 1e-9) {
                return 1;
            }
            return Math.abs(x) >= LOBES
                    ? 0
                    : LOBES
                            * StrictMath.sin(Math.PI * x)
                            * StrictMath.sin(Math.PI * x / LOBES)
                            / (Math.PI * Math.PI * x * x);
        }
    }
}
