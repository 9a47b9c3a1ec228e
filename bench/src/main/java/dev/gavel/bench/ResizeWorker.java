package dev.gavel.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.gavel.imaging.PictureResizer;
import dev.gavel.imaging.Resizing;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.coobird.thumbnailator.Thumbnails;

/// Resizes what it is told to and says what that has cost. A line is: times, path, then width, height
/// and quality of each variant, between tabs; the answer is the processor time of one picture in
/// milliseconds, of the whole process.
public final class ResizeWorker {

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ResizeWorker() {}

    @FunctionalInterface
    private interface Way {
        void resize(byte[] file, int[] sizes) throws IOException;
    }

    /// @param line `gavel` or `thumbnailator`
    public static void main(String[] line) throws IOException {
        PictureResizer resizer = PictureResizer.fastest(() -> System.err.println("libjpeg-turbo is not installed"));
        Way way = line[0].equals("gavel") ? (file, _) -> gavel(resizer, file) : ResizeWorker::thumbnailator;
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String told = lines.readLine(); told != null; told = lines.readLine()) {
            System.out.println(answer(way, told.split("\t")));
        }
    }

    private static String answer(Way way, String[] told) throws IOException {
        int times = Integer.parseInt(told[0]);
        byte[] file = Files.readAllBytes(Path.of(told[1]));
        int[] sizes = new int[told.length - 2];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Integer.parseInt(told[i + 2]);
        }
        try {
            long before = MACHINE.getProcessCpuTime();
            for (int i = 0; i < times; i++) {
                way.resize(file, sizes);
            }
            return String.format(Locale.ROOT, "%.3f", (MACHINE.getProcessCpuTime() - before) / 1e6 / times);
        } catch (IOException | IllegalStateException cannot) {
            return "cannot "
                    + String.valueOf(cannot.getMessage()).lines().findFirst().orElse("");
        }
    }

    private static void gavel(PictureResizer resizer, byte[] file) {
        if (resizer.resize(file) instanceof Resizing.Refused refused) {
            throw new IllegalStateException(refused.toString());
        }
    }

    /// As it comes: decodes for every variant, with its own choice of how to make it smaller.
    private static void thumbnailator(byte[] file, int[] sizes) throws IOException {
        for (int i = 0; i < sizes.length; i += 3) {
            Thumbnails.of(new ByteArrayInputStream(file))
                    .forceSize(sizes[i], sizes[i + 1])
                    .outputQuality(sizes[i + 2] / 100d)
                    .outputFormat("jpg")
                    .toOutputStream(new ByteArrayOutputStream());
        }
    }
}
