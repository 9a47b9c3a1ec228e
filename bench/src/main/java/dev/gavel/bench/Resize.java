package dev.gavel.bench;

import dev.gavel.imaging.PictureResizer;
import dev.gavel.imaging.Resizing;
import dev.gavel.imaging.Variant;
import dev.gavel.testkit.HostilePictures;
import dev.gavel.testkit.Likeness;
import dev.gavel.testkit.Photographs;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/// What three variants of a picture cost: Gavel beside Thumbnailator as it comes and the npm package
/// `sharp`, taking turns in one run, each in a process of its own. Then every hostile file, with the
/// time and the memory it takes.
public final class Resize {

    private static final String HEADLINE = "phone-12mp.jpg";
    private static final Map<Variant, Integer> QUALITIES =
            new TreeMap<>(Map.of(Variant.FULL, 82, Variant.CARD, 80, Variant.THUMB, 78));

    private Resize() {}

    /// @param rounds how often everybody has a turn with each picture
    /// @param times how often a picture is resized in a turn
    record Options(int rounds, int times) {
        static Options of(Arguments arguments) {
            return new Options(arguments.number("rounds", 5), arguments.number("times", 6));
        }
    }

    /// Optionally `--rounds` and `--times`. Exits with 1 when a hostile file takes more than it may.
    public static void main(String[] line) throws IOException, InterruptedException {
        try {
            Options options = Options.of(Arguments.of(List.of(line), Set.of("rounds", "times")));
            Path folder = Path.of(System.getProperty("gavel.root", "."), ".gavel", "bench");
            boolean fine = hostile(folder, System.out);
            System.out.println(compare(options, folder, System.out));
            System.exit(fine ? 0 : 1);
        } catch (Arguments.Wrong wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private static String compare(Options options, Path folder, PrintStream out)
            throws IOException, InterruptedException {
        Map<String, Path> files = files(folder.resolve("pictures"));
        Optional<String> missing = Peers.install(folder.resolve("peers"));
        missing.ifPresent(out::println);
        Map<String, Worker> workers = new LinkedHashMap<>();
        workers.put("gavel", new Worker(java("gavel")));
        workers.put("thumbnailator", new Worker(java("thumbnailator")));
        if (missing.isEmpty()) {
            workers.put(
                    "sharp",
                    new Worker(
                            List.of("node", folder.resolve("peers/resize.mjs").toString())));
        }
        PictureResizer resizer = PictureResizer.fastest(() -> out.println("libjpeg-turbo is not installed"));
        Map<String, Map<String, OptionalDouble>> figures = new LinkedHashMap<>();
        double least = 1;
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Resizing.Resized made = (Resizing.Resized) resizer.resize(Files.readAllBytes(file.getValue()));
                double likeness = likeness(file.getValue(), made);
                least = Math.min(least, likeness);
                Map<String, OptionalDouble> row = turns(options, workers, file.getValue(), made);
                figures.put(file.getKey(), row);
                out.printf(
                        Locale.ROOT,
                        "%-26s %s ssim=%.3f%n",
                        file.getKey(),
                        String.join(
                                " ",
                                row.keySet().stream()
                                        .map(who -> who + "=" + shown(row, who))
                                        .toList()),
                        likeness);
            }
            workers.forEach((who, worker) -> out.printf("%s: peak memory %d MiB%n", who, worker.peakKiB() / 1024));
        } finally {
            workers.values().forEach(Worker::close);
        }
        Map<String, OptionalDouble> row = figures.getOrDefault(HEADLINE, Map.of());
        return String.format(
                Locale.ROOT,
                "resize: gavel=%sms thumbnailator=%sms sharp=%sms gavel/sharp=%s thumbnailator/gavel=%s ssim-min=%.3f",
                shown(row, "gavel"),
                shown(row, "thumbnailator"),
                shown(row, "sharp"),
                ratio(row, "gavel", "sharp"),
                ratio(row, "thumbnailator", "gavel"),
                least);
    }

    private static Map<String, OptionalDouble> turns(
            Options options, Map<String, Worker> workers, Path file, Resizing.Resized made) throws IOException {
        StringBuilder sizes = new StringBuilder();
        for (Map.Entry<Variant, Integer> variant : QUALITIES.entrySet()) {
            BufferedImage image = image(made, variant.getKey());
            sizes.append("\t%d\t%d\t%d".formatted(image.getWidth(), image.getHeight(), variant.getValue()));
        }
        Map<String, List<Double>> costs = new LinkedHashMap<>();
        workers.keySet().forEach(who -> costs.put(who, new ArrayList<>()));
        // The first turn warms up and is not counted.
        for (int round = 0; round <= options.rounds(); round++) {
            for (Map.Entry<String, Worker> worker : workers.entrySet()) {
                OptionalDouble cost = worker.getValue().ask(options.times() + "\t" + file + sizes);
                if (round > 0 && cost.isPresent()) {
                    costs.getOrDefault(worker.getKey(), List.of()).add(cost.getAsDouble());
                }
            }
        }
        Map<String, OptionalDouble> row = new LinkedHashMap<>();
        costs.forEach((who, all) -> row.put(who, median(all)));
        return row;
    }

    private static OptionalDouble median(List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sorted.get(sorted.size() / 2));
    }

    private static String shown(Map<String, OptionalDouble> row, String who) {
        OptionalDouble cost = row.getOrDefault(who, OptionalDouble.empty());
        return cost.isPresent() ? String.format(Locale.ROOT, "%.1f", cost.getAsDouble()) : "-";
    }

    private static String ratio(Map<String, OptionalDouble> row, String one, String other) {
        OptionalDouble a = row.getOrDefault(one, OptionalDouble.empty());
        OptionalDouble b = row.getOrDefault(other, OptionalDouble.empty());
        return a.isPresent() && b.isPresent()
                ? String.format(Locale.ROOT, "%.2f", a.getAsDouble() / b.getAsDouble())
                : "-";
    }

    /// How alike each variant is to the mean of what its pixels cover; of the least alike. Only where
    /// the JDK can decode the whole picture as it is.
    private static double likeness(Path file, Resizing.Resized made) throws IOException {
        if (file.toString().contains("print") || file.toString().contains("alpha")) {
            return 1;
        }
        BufferedImage read = ImageIO.read(file.toFile());
        // ImageIO shows it as the camera stored it.
        boolean lying = file.toString().contains("upright");
        BufferedImage whole = new BufferedImage(
                lying ? read.getHeight() : read.getWidth(),
                lying ? read.getWidth() : read.getHeight(),
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = whole.createGraphics();
        if (lying) {
            pen.translate(read.getHeight(), 0);
            pen.rotate(Math.PI / 2);
        }
        pen.drawImage(read, 0, 0, null);
        double least = 1;
        for (Variant variant : Variant.values()) {
            BufferedImage image = image(made, variant);
            least = Math.min(least, Likeness.of(image, Likeness.reference(whole, image.getWidth(), image.getHeight())));
        }
        return least;
    }

    private static BufferedImage image(Resizing.Resized made, Variant variant) {
        try {
            return ImageIO.read(new ByteArrayInputStream(made.variants().get(variant)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Made once, and kept for the next run.
    private static Map<String, Path> files(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Supplier<byte[]>> made = new LinkedHashMap<>();
        made.put(HEADLINE, () -> Photographs.jpeg(Photographs.photo(4032, 3024, 1)));
        made.put("phone-12mp-progressive.jpg", () -> Photographs.jpeg(Photographs.photo(4032, 3024, 2), true));
        made.put(
                "phone-12mp-upright.jpg",
                () -> Photographs.with(Photographs.jpeg(Photographs.photo(4032, 3024, 3)), 0xE1, Photographs.exif(6)));
        made.put("camera-24mp.jpg", () -> Photographs.jpeg(Photographs.photo(6000, 4000, 4)));
        made.put("small-1mp.jpg", () -> Photographs.jpeg(Photographs.photo(1200, 900, 5)));
        made.put("print-6mp.jpg", () -> Photographs.printed(Photographs.photo(3000, 2000, 6)));
        made.put("screen-3mp.png", () -> Photographs.png(Photographs.photo(2000, 1500, 7)));
        made.put("alpha-6mp.png", () -> Photographs.png(transparent(Photographs.photo(3000, 2000, 8))));
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<byte[]>> file : made.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.exists(path)) {
                Files.write(path, file.getValue().get());
            }
            files.put(file.getKey(), path);
        }
        return files;
    }

    private static BufferedImage transparent(BufferedImage photo) {
        BufferedImage image = new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, photo.getRGB(x, y) & 0xFFFFFF | (x * 255 / image.getWidth()) << 24);
            }
        }
        return image;
    }

    /// Every file that means harm, in a process that is new for each: what it takes beyond what the
    /// process has when it is idle.
    private static boolean hostile(Path folder, PrintStream out) throws IOException {
        Path place = Files.createDirectories(folder.resolve("hostile"));
        Path small = Files.write(place.resolve("small.jpg"), Photographs.jpeg(Photographs.photo(200, 150, 1)));
        long mostMemory = 0;
        double slowest = 0;
        String worst = "";
        Map<String, Supplier<byte[]>> files = HostilePictures.files();
        for (Map.Entry<String, Supplier<byte[]>> file : files.entrySet()) {
            Path path = place.resolve("file");
            Files.write(path, file.getValue().get());
            try (Worker worker = new Worker(java("gavel"))) {
                worker.ask("3\t" + small);
                long idle = worker.rest();
                long begun = System.nanoTime();
                worker.ask("1\t" + path);
                double millis = (System.nanoTime() - begun) / 1e6;
                long memory = worker.peakKiB() - idle;
                if (memory > mostMemory) {
                    mostMemory = memory;
                    worst = file.getKey();
                }
                slowest = Math.max(slowest, millis);
            }
        }
        out.printf(
                Locale.ROOT,
                "hostile: files=%d slowest=%.0fms most-memory=%dMiB (%s)%n",
                files.size(),
                slowest,
                mostMemory / 1024,
                worst);
        return mostMemory < 64 * 1024 && slowest < 2_000;
    }

    private static List<String> java(String who) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // Thumbnailator holds the whole picture, more than once.
                who.equals("gavel") ? "-Xmx128m" : "-Xmx2g",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ResizeWorker.class.getName(),
                who);
    }

    /// A process that resizes.
    private static final class Worker implements AutoCloseable {

        private final Process process;
        private final BufferedReader answers;

        Worker(List<String> command) throws IOException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(answers.readLine())) {
                throw new IllegalStateException("it did not start: " + command);
            }
        }

        /// Nothing when it cannot.
        OptionalDouble ask(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("it ended at: " + line);
            }
            return answer.startsWith("cannot") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(answer));
        }

        /// Forgets the peak.
        ///
        /// @return the memory it has now
        long rest() throws IOException {
            Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
            return peakKiB();
        }

        /// The most memory it had since then.
        long peakKiB() {
            try {
                return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(0);
            } catch (IOException noSuchFile) {
                return 0;
            }
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
