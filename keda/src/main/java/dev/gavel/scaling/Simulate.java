package dev.gavel.scaling;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Replays an evening against the scaler files and shows what each of them would have done: a table,
/// and a chart.
public final class Simulate {

    private static final String USAGE = "Usage: keda simulate [--evening FILE.csv] [WORKLOAD [SCALER.yaml ...]]";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_TUNINGS = 6;

    private final Path folder;
    private final Path charts;
    private final PrintStream out;

    /// @param folder with the scalers, and `evenings/` with what is known of the workloads
    /// @param charts where the drawings go; made when it is not there
    Simulate(Path folder, Path charts, PrintStream out) {
        this.folder = folder;
        this.charts = charts;
        this.out = out;
    }

    /// `FOLDER CHARTS [--evening FILE] [WORKLOAD [SCALER ...]]`: without a workload all of them,
    /// without scalers the tunings that come with it. Exits with 2 when something cannot be read.
    public static void main(String[] line) throws IOException {
        try {
            List<String> words = List.of(line);
            if (words.size() < 2) {
                throw new IllegalArgumentException(USAGE);
            }
            new Simulate(Path.of(words.get(0)), Path.of(words.get(1)), System.out).run(words.subList(2, words.size()));
        } catch (IllegalArgumentException wrong) {
            System.err.println("gavel: " + wrong.getMessage());
            System.exit(2);
        }
    }

    void run(List<String> words) throws IOException {
        Path file = folder.resolve("evenings/big-sale.csv");
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--evening") && i + 1 < words.size()) {
                file = Path.of(words.get(++i));
            } else if (words.get(i).startsWith("-")) {
                throw new IllegalArgumentException("'" + words.get(i) + "' is not understood. " + USAGE);
            } else {
                rest.add(words.get(i));
            }
        }
        Evening evening = Evening.read(lines(file));
        JsonNode workloads = workloads();
        for (String name : rest.isEmpty() ? List.copyOf(workloads.propertyNames()) : rest.subList(0, 1)) {
            if (workloads.path(name).isMissingNode()) {
                throw new IllegalArgumentException(
                        "There is no workload " + name + ", only " + List.copyOf(workloads.propertyNames()) + ".");
            }
            List<Path> given = rest.stream().skip(1).map(Path::of).toList();
            compare(name, workloads.path(name), evening, given.isEmpty() ? shipped(name) : given);
        }
    }

    private void compare(String name, JsonNode told, Evening evening, List<Path> others) throws IOException {
        Workload workload = new Workload(
                told.path("serviceMillis").asDouble() / 1_000,
                told.path("concurrency").asDouble(1),
                told.path("coldStartSeconds").asInt(),
                told.path("partitions").asInt(0),
                told.path("ordered").asBoolean(false),
                told.path("wonPerReplicaHour").asDouble());
        List<Path> tunings = new ArrayList<>(List.of(folder.resolve(name + ".yaml")));
        tunings.addAll(others);
        if (tunings.size() > MOST_TUNINGS) {
            throw new IllegalArgumentException("At most " + (MOST_TUNINGS - 1) + " other tunings can be compared.");
        }
        Map<String, Simulation.Result> results = new LinkedHashMap<>();
        for (Path tuning : tunings) {
            Scaler scaler = ScalerFile.read(tuning, lines(tuning), workload.partitions());
            String label = String.valueOf(tuning.getFileName()).replaceFirst("\\.yaml$", "");
            if (results.containsKey(label)) {
                throw new IllegalArgumentException("Two tunings are called " + label + ": rename one.");
            }
            results.put(
                    label,
                    new Simulation(
                                    scaler,
                                    workload,
                                    evening,
                                    told.path("arrivals").asString(""))
                            .run());
        }
        Files.createDirectories(charts);
        Path chart = charts.resolve(name + ".svg");
        Files.writeString(chart, Chart.svg(name, evening, results));
        print(name, results);
        out.println("chart: " + chart);
    }

    private void print(String name, Map<String, Simulation.Result> results) {
        out.printf(Locale.ROOT, "%n%s%n", name);
        out.printf(
                Locale.ROOT,
                "  %-24s %10s %10s %12s %9s %9s %12s%n",
                "tuning",
                "wait p99 s",
                "longest s",
                "largest lag",
                "replicas",
                "left",
                "won an hour");
        results.forEach((label, result) -> out.printf(
                Locale.ROOT,
                "  %-24s %10.2f %10.2f %12.0f %9d %9.0f %12.1f%n",
                label,
                result.waitingP99(),
                result.longest(),
                result.largestLag(),
                result.mostReplicas(),
                result.left(),
                result.pricePerHour()));
    }

    private List<Path> shipped(String name) throws IOException {
        Path tunings = folder.resolve("evenings/tunings").resolve(name);
        if (!Files.isDirectory(tunings)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(tunings)) {
            return files.sorted().toList();
        }
    }

    private JsonNode workloads() throws IOException {
        Path file = folder.resolve("evenings/workloads.json");
        try {
            return JSON.readTree(String.join("\n", lines(file)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file + ".");
        }
        return Files.readAllLines(file);
    }
}
