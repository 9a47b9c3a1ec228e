package dev.gavel.imaging;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the colours of a picture mean, where a file says so: a profile for screens made of three
/// curves and a matrix (ICC.1:2022, 10.6, 10.18, F.3), which is what cameras and editors write. Others
/// are left alone, as browsers without colour management did.
final class ColourProfile {

    private static final int HEADER = 128;
    private static final int MOST_TAGS = 100;
    private static final int FINE = 4096;

    /// From the connection space (D50) to the linear light of sRGB, IEC 61966-2-1 adapted as ICC does.
    private static final double[][] TO_SRGB = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    /// What is not seen, in steps of a sample.
    private static final int NOT_SEEN = 2;

    private static final byte[] ENCODED = encoded();

    private final float[][] curves;
    private final float[][] matrix;

    private ColourProfile(float[][] curves, float[][] matrix) {
        this.curves = curves;
        this.matrix = matrix;
    }

    /// Nothing when the profile is not of this kind, or its colours are those of sRGB anyway.
    static Optional<ColourProfile> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(read(ByteBuffer.wrap(bytes))).filter(ColourProfile::isSeen);
        } catch (IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    /// @param bgr three bytes a pixel, changed here
    void toSrgb(byte[] bgr) {
        for (int i = 0; i < bgr.length; i += 3) {
            float red = curves[0][bgr[i + 2] & 0xFF];
            float green = curves[1][bgr[i + 1] & 0xFF];
            float blue = curves[2][bgr[i] & 0xFF];
            bgr[i] = sample(2, red, green, blue);
            bgr[i + 1] = sample(1, red, green, blue);
            bgr[i + 2] = sample(0, red, green, blue);
        }
    }

    private byte sample(int channel, float red, float green, float blue) {
        float[] row = matrix[channel];
        float light = row[0] * red + row[1] * green + row[2] * blue;
        return ENCODED[Math.clamp((int) (light * (FINE - 1) + 0.5f), 0, FINE - 1)];
    }

    private boolean isSeen() {
        byte[] probe = new byte[3 * 64];
        for (int i = 0; i < 64; i++) {
            probe[3 * i] = (byte) ((i & 3) * 85);
            probe[3 * i + 1] = (byte) ((i >> 2 & 3) * 85);
            probe[3 * i + 2] = (byte) ((i >> 4) * 85);
        }
        byte[] changed = probe.clone();
        toSrgb(changed);
        for (int i = 0; i < probe.length; i++) {
            if (Math.abs((probe[i] & 0xFF) - (changed[i] & 0xFF)) > NOT_SEEN) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ColourProfile read(ByteBuffer profile) {
        if (profile.getInt(16) != tag("RGB ")
                || profile.getInt(20) != tag("XYZ ")
                || profile.getInt(36) != tag("acsp")) {
            return null;
        }
        float[][] curves = new float[3][];
        double[][] toConnection = new double[3][];
        for (int c = 0; c < 3; c++) {
            ByteBuffer curve = data(profile, "rgb".charAt(c) + "TRC");
            ByteBuffer colour = data(profile, "rgb".charAt(c) + "XYZ");
            if (curve == null || colour == null || colour.getInt(0) != tag("XYZ ")) {
                return null;
            }
            float[] values = curve(curve);
            if (values == null) {
                return null;
            }
            curves[c] = values;
            toConnection[c] = new double[] {fixed(colour, 8), fixed(colour, 12), fixed(colour, 16)};
        }
        float[][] matrix = new float[3][3];
        for (int to = 0; to < 3; to++) {
            for (int from = 0; from < 3; from++) {
                for (int k = 0; k < 3; k++) {
                    matrix[to][from] += (float) (TO_SRGB[to][k] * toConnection[from][k]);
                }
            }
        }
        return new ColourProfile(curves, matrix);
    }

    private static @Nullable ByteBuffer data(ByteBuffer profile, String name) {
        int tags = Math.min(profile.getInt(HEADER), MOST_TAGS);
        for (int i = 0; i < tags; i++) {
            int at = HEADER + 4 + 12 * i;
            if (profile.getInt(at) == tag(name)) {
                return profile.slice(profile.getInt(at + 4), profile.getInt(at + 8));
            }
        }
        return null;
    }

    /// The light of each of 256 values.
    private static float @Nullable [] curve(ByteBuffer data) {
        int type = data.getInt(0);
        if (type != tag("curv") && type != tag("para")) {
            return null;
        }
        float[] values = new float[256];
        for (int i = 0; i < 256; i++) {
            double x = i / 255d;
            double y = type == tag("curv") ? tabulated(data, x) : parametric(data, x);
            values[i] = (float) Math.clamp(y, 0, 1);
        }
        return values;
    }

    private static double tabulated(ByteBuffer data, double x) {
        int count = data.getInt(8);
        if (count == 0) {
            return x;
        }
        if (count == 1) {
            return StrictMath.pow(x, Short.toUnsignedInt(data.getShort(12)) / 256d);
        }
        double at = x * (count - 1);
        int low = (int) at;
        int high = Math.min(low + 1, count - 1);
        double below = Short.toUnsignedInt(data.getShort(12 + 2 * low)) / 65535d;
        double above = Short.toUnsignedInt(data.getShort(12 + 2 * high)) / 65535d;
        return below + (above - below) * (at - low);
    }

    private static double parametric(ByteBuffer data, double x) {
        int kind = Short.toUnsignedInt(data.getShort(8));
        double g = fixed(data, 12);
        if (kind == 0) {
            return StrictMath.pow(x, g);
        }
        double a = fixed(data, 16);
        double b = fixed(data, 20);
        double c = kind >= 2 ? fixed(data, 24) : 0;
        double d = kind >= 3 ? fixed(data, 28) : -b / a;
        double e = kind == 4 ? fixed(data, 32) : kind == 2 ? c : 0;
        double f = kind == 4 ? fixed(data, 36) : kind == 2 ? c : 0;
        double slope = kind >= 3 ? c : 0;
        return x >= d ? StrictMath.pow(a * x + b, g) + e : slope * x + f;
    }

    private static double fixed(ByteBuffer data, int at) {
        return data.getInt(at) / 65536d;
    }

    private static int tag(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    /// The samples of sRGB for so many steps of light.
    private static byte[] encoded() {
        byte[] samples = new byte[FINE];
        for (int i = 0; i < FINE; i++) {
            double light = (double) i / (FINE - 1);
            double sample = light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
            samples[i] = (byte) Math.round(255 * sample);
        }
        return samples;
    }
}
