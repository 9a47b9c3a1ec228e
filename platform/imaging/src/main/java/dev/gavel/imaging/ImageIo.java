package dev.gavel.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// The decoders of the JDK: for PNG, and for JPEG where libjpeg-turbo is not installed. Those see
/// every pixel.
final class ImageIo implements JpegCodec {

    /// @throws PictureRefused when it is damaged
    static BufferedImage decode(PngFile file) throws PictureRefused {
        return read("png", file.kept(), (reader, in) -> reader.read(0));
    }

    @Override
    public BufferedImage decode(JpegFile file, int enough) throws PictureRefused {
        if (file.components() == 3) {
            BufferedImage read = read("jpeg", file.kept(), (reader, in) -> reader.read(0));
            return read.getType() == BufferedImage.TYPE_3BYTE_BGR ? read : plain(read);
        }
        Raster samples = read("jpeg", file.kept(), (reader, in) -> reader.readRaster(0, null));
        BufferedImage image = Bgr.image(samples.getWidth(), samples.getHeight());
        byte[] to = Bgr.samples(image);
        byte[] raw = (byte[]) samples.getDataElements(0, 0, samples.getWidth(), samples.getHeight(), null);
        if (file.inks()) {
            Inks.toLights(raw, to, file.adobe());
        } else {
            for (int from = 0, at = 0; at < to.length; from++, at += 3) {
                to[at] = raw[from];
                to[at + 1] = raw[from];
                to[at + 2] = raw[from];
            }
        }
        return image;
    }

    @Override
    public long memory(JpegFile file, int enough) {
        long pixels = (long) file.width() * file.height();
        return file.kept().size() + file.coefficients() + pixels * (file.components() == 3 ? 3 : 11);
    }

    @Override
    public byte[] encode(BufferedImage image, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality / 100f);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage plain(BufferedImage image) {
        BufferedImage plain = Bgr.image(image.getWidth(), image.getHeight());
        Rows rows = Rows.of(image);
        byte[] to = Bgr.samples(plain);
        int[] row = new int[3 * image.getWidth()];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            rows.read(y, row);
            for (int sample : row) {
                to[at++] = (byte) sample;
            }
        }
        return plain;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ImageReader reader, MemoryCacheImageInputStream in) throws IOException;
    }

    private static <T> T read(String format, Pieces kept, Reading<T> reading) throws PictureRefused {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(kept.stream())) {
            boolean[] warned = new boolean[1];
            reader.addIIOReadWarningListener((_, _) -> warned[0] = true);
            reader.setInput(in, true, true);
            T read = reading.read(reader, in);
            if (warned[0]) {
                throw new PictureRefused(Refusal.DAMAGED, "the decoder warns");
            }
            return read;
        } catch (IOException | RuntimeException damaged) {
            // The JDK's readers throw all sorts of things at what is not in order.
            throw new PictureRefused(Refusal.DAMAGED, String.valueOf(damaged.getMessage()));
        } finally {
            reader.dispose();
        }
    }
}
