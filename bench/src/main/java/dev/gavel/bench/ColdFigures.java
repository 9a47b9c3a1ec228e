package dev.gavel.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What was measured, host by host and round by round.
final class ColdFigures {

    private record Figures(double millis, double cpuMillis, double rss, double rssAfter, Map<String, Double> steps) {}

    private final Map<String, List<Figures>> all = new LinkedHashMap<>();

    ColdFigures(List<String> hosts) {
        hosts.forEach(host -> all.put(host, new ArrayList<>()));
    }

    void add(String host, ColdRun.First first, long rssAfterKiB) {
        of(host).add(new Figures(
                first.millis(), first.cpuMillis(), first.rssKiB() / 1024d, rssAfterKiB / 1024d, first.steps()));
    }

    private List<Figures> of(String host) {
        return all.getOrDefault(host, List.of());
    }

    /// Tables of medians: what was measured, and when each step was reached.
    void print(PrintStream out, String name) {
        out.printf("%n%-10s %9s %9s %9s %9s %16s%n", name, "ms", "CPU ms", "RSS MB", "later MB", "gavel/ ms, CPU");
        for (String host : all.keySet()) {
            out.printf(
                    Locale.ROOT,
                    "%-10s %9.0f %9.0f %9.0f %9.0f %10.3f %5.3f%n",
                    host,
                    median(host, Figures::millis),
                    median(host, Figures::cpuMillis),
                    median(host, Figures::rss),
                    median(host, Figures::rssAfter),
                    ratio(host, Figures::millis),
                    ratio(host, Figures::cpuMillis));
        }
        List<String> steps = all.values().stream()
                .flatMap(List::stream)
                .findFirst()
                .map(first -> List.copyOf(first.steps().keySet()))
                .orElse(List.of());
        out.printf("%-10s %s%n", "ms until", columns(steps, step -> step));
        for (String host : all.keySet()) {
            out.printf(
                    "%-10s %s%n",
                    host,
                    columns(
                            steps,
                            step -> text(
                                    "%.0f",
                                    median(host, figures -> figures.steps().getOrDefault(step, Double.NaN)))));
        }
    }

    private static String columns(List<String> steps, UnaryOperator<String> cell) {
        return steps.stream().map(step -> text("%9s", cell.apply(step))).collect(Collectors.joining(" "));
    }

    /// The one line that counts.
    String line(String name) {
        StringBuilder line = new StringBuilder(name + ":");
        all.keySet().forEach(host -> line.append(text(" %s=%.0fms", host, median(host, Figures::millis))));
        for (String host : List.of("quarkus", "node", "boot")) {
            if (all.containsKey(host)) {
                line.append(text(" gavel/%s=%.3f", host, ratio(host, Figures::millis)));
            }
        }
        return line.append(text(" rss=%.0fMB", median("gavel", Figures::rss))).toString();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private double median(String host, ToDoubleFunction<Figures> figure) {
        return median(of(host).stream().mapToDouble(figure).toArray());
    }

    /// The median of what gavel and another host came to in the same round.
    private double ratio(String host, ToDoubleFunction<Figures> figure) {
        List<Figures> ours = of("gavel");
        List<Figures> theirs = of(host);
        double[] ratios = new double[Math.min(ours.size(), theirs.size())];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(theirs.get(round));
        }
        return median(ratios);
    }

    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
