package dev.gavel.testkit;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;

/// Pictures made up of soft clouds in many sizes and a little noise, which compress much as
/// photographs do.
public final class Photographs {

    private Photographs() {}

    private static BufferedImage bgr(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    private static byte[] samples(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    public static BufferedImage photo(int width, int height, long seed) {
        Random random = new Random(seed);
        float[] light = new float[width * height];
        float[] warm = new float[width * height];
        for (int octave = 0; octave < 8 && (4 << octave) <= Math.max(width, height); octave++) {
            clouds(light, width, height, 4 << octave, (float) (90 * Math.pow(0.62, octave)), random);
            clouds(warm, width, height, 4 << octave, (float) (50 * Math.pow(0.55, octave)), random);
        }
        BufferedImage image = bgr(width, height);
        byte[] samples = samples(image);
        for (int i = 0; i < light.length; i++) {
            float grain = (float) random.nextGaussian() * 2;
            samples[3 * i] = sample(128 + light[i] - warm[i] + grain);
            samples[3 * i + 1] = sample(128 + light[i] + grain);
            samples[3 * i + 2] = sample(128 + light[i] + warm[i] + grain);
        }
        return image;
    }

    private static void clouds(float[] to, int width, int height, int cells, float strength, Random random) {
        float[] grid = new float[(cells + 2) * (cells + 2)];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextFloat() * 2 - 1;
        }
        for (int y = 0; y < height; y++) {
            float down = (float) y * cells / height;
            int row = (int) down * (cells + 2);
            down -= (int) down;
            for (int x = 0; x < width; x++) {
                float across = (float) x * cells / width;
                int at = row + (int) across;
                across -= (int) across;
                float above = grid[at] + (grid[at + 1] - grid[at]) * across;
                float below = grid[at + cells + 2] + (grid[at + cells + 3] - grid[at + cells + 2]) * across;
                to[y * width + x] += strength * (above + (below - above) * down);
            }
        }
    }

    private static byte sample(float value) {
        return (byte) Math.clamp(Math.round(value), 0, 255);
    }

    /// Red, green, blue and yellow quarters: above left, above right, below left, below right.
    public static BufferedImage quarters(int width, int height) {
        BufferedImage image = bgr(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(
                        x,
                        y,
                        y < height / 2 ? x < width / 2 ? 0xD02020 : 0x20C020 : x < width / 2 ? 0x2020D0 : 0xD0D020);
            }
        }
        return image;
    }

    public static byte[] jpeg(BufferedImage image) {
        return jpeg(image, false);
    }

    public static byte[] jpeg(BufferedImage image, boolean progressive) {
        return written("jpeg", new IIOImage(image, null, null), progressive);
    }

    public static byte[] png(BufferedImage image) {
        return written("png", new IIOImage(image, null, null), false);
    }

    public static byte[] interlacedPng(BufferedImage image) {
        return written("png", new IIOImage(image, null, null), true);
    }

    private static byte[] written(String format, IIOImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (how.canWriteProgressive()) {
                how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            }
            writer.write(null, image, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// As an editor writes for a printer: four inks, stored inverted, with an Adobe segment.
    public static byte[] printed(BufferedImage image) {
        int pixels = image.getWidth() * image.getHeight();
        byte[] bgr = samples(image);
        byte[] inks = new byte[4 * pixels];
        for (int i = 0; i < pixels; i++) {
            int black = Math.max(bgr[3 * i] & 0xFF, Math.max(bgr[3 * i + 1] & 0xFF, bgr[3 * i + 2] & 0xFF));
            for (int c = 0; c < 3; c++) {
                int colour = bgr[3 * i + 2 - c] & 0xFF;
                inks[4 * i + c] = (byte) (black == 0 ? 255 : Math.round(255f * colour / black));
            }
            inks[4 * i + 3] = (byte) black;
        }
        WritableRaster raster = Raster.createWritableRaster(
                new ComponentSampleModel(
                        DataBuffer.TYPE_BYTE, image.getWidth(), image.getHeight(), 4, 4 * image.getWidth(), new int[] {
                            0, 1, 2, 3
                        }),
                new DataBufferByte(inks, inks.length),
                null);
        byte[] file = written("jpeg", new IIOImage(raster, null, null), false);
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return with(file, 0xEE, adobe);
    }

    /// A JPEG with one more segment after its start.
    public static byte[] with(byte[] jpeg, int marker, byte[] content) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + content.length + 4);
        file.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) (content.length + 2));
        return file.put(content).put(jpeg, 2, jpeg.length - 2).array();
    }

    /// The notes of a camera: how it was held, and where. Little endian, as most write it.
    public static byte[] exif(int orientation) {
        ByteBuffer notes = ByteBuffer.allocate(160).order(ByteOrder.LITTLE_ENDIAN);
        notes.put("Exif\0\0II".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 42)
                .putInt(8);
        notes.putShort((short) 3);
        entry(notes, 0x010F, 2, 12, 50);
        entry(notes, 0x0112, 3, 1, orientation);
        entry(notes, 0x8825, 4, 1, 64);
        notes.putInt(0);
        notes.position(6 + 50).put("GavelCamera\0".getBytes(StandardCharsets.ISO_8859_1));
        notes.position(6 + 64).putShort((short) 1);
        entry(notes, 0x0002, 5, 3, 84);
        notes.position(6 + 84);
        for (int part : new int[] {37, 33, 59}) {
            notes.putInt(part).putInt(1);
        }
        return notes.array();
    }

    private static void entry(ByteBuffer notes, int tag, int type, int count, int value) {
        notes.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /// A profile as cameras write it, with wide primaries (those of Display P3) and the curve of sRGB,
    /// cut to what is read of it.
    public static byte[] wideProfile() {
        ByteBuffer profile = ByteBuffer.allocate(128 + 4 + 6 * 12 + 3 * 20 + 32);
        profile.putInt(0, profile.capacity());
        put(profile, 12, "mntrRGB XYZ ");
        put(profile, 36, "acsp");
        profile.putInt(128, 6);
        String[] names = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
        int data = 128 + 4 + 6 * 12;
        for (int i = 0; i < 6; i++) {
            int at = 132 + 12 * i;
            put(profile, at, names[i]);
            profile.putInt(at + 4, i < 3 ? data + 20 * i : data + 60).putInt(at + 8, i < 3 ? 20 : 32);
        }
        double[][] primaries = {{0.51512, 0.2412, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.1571, 0.06657, 0.78407}};
        for (int c = 0; c < 3; c++) {
            put(profile, data + 20 * c, "XYZ ");
            for (int k = 0; k < 3; k++) {
                profile.putInt(data + 20 * c + 8 + 4 * k, (int) Math.round(primaries[c][k] * 65536));
            }
        }
        put(profile, data + 60, "para");
        profile.putShort(data + 68, (short) 3);
        double[] curve = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
        for (int k = 0; k < 5; k++) {
            profile.putInt(data + 72 + 4 * k, (int) Math.round(curve[k] * 65536));
        }
        return profile.array();
    }

    /// The segment of a JPEG, or the chunk of a PNG, is made of it by the test.
    public static byte[] iccSegment(byte[] profile) {
        byte[] name = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(name.length + profile.length)
                .put(name)
                .put(profile)
                .array();
    }

    private static void put(ByteBuffer to, int at, String text) {
        to.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A PNG with one more chunk after its header.
    public static byte[] withChunk(byte[] png, String type, byte[] content) {
        ByteBuffer file = ByteBuffer.allocate(png.length + content.length + 12);
        file.put(png, 0, 33).put(chunk(type, content)).put(png, 33, png.length - 33);
        return file.array();
    }

    /// A PNG of one's own making, packed well.
    public static byte[] png(int width, int height, int bits, int colour, byte[] pixels) {
        return png(width, height, bits, colour, pixels, 1);
    }

    /// @param times how often the same pixels come
    public static byte[] png(int width, int height, int bits, int colour, byte[] pixels, int times) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) colour)
                .array();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        file.writeBytes(chunk("IHDR", header));
        file.writeBytes(chunk("IDAT", packed(pixels, times)));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    public static byte[] packed(byte[] piece, int times) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(packed, new Deflater(9))) {
            for (int i = 0; i < times; i++) {
                deflating.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(content.length + 12)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    /// A JPEG whose colours have the full resolution.
    public static byte[] fullColourJpeg(BufferedImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), how);
            Element tree = (Element) metadata.getAsTree("javax_imageio_jpeg_image_1.0");
            Element first = (Element) tree.getElementsByTagName("componentSpec").item(0);
            first.setAttribute("HsamplingFactor", "1");
            first.setAttribute("VsamplingFactor", "1");
            metadata.setFromTree("javax_imageio_jpeg_image_1.0", tree);
            writer.write(null, new IIOImage(image, null, metadata), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
