package dev.gavel.scaling;

import dev.gavel.scaling.Simulation.Moment;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// An evening under several tunings as one SVG: what arrives, the replicas, the lag and the waiting,
/// above each other.
final class Chart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 150;
    private static final int LEFT = 70;
    private static final int TOP = 54;
    private static final int GAP = 46;
    private static final int POINTS = 860;
    // Okabe and Ito's, which nearly everybody can tell apart; the patterns are for everybody else.
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");
    private static final List<String> DASHES = List.of("none", "7 3", "2 3", "9 3 2 3", "4 4", "1 4");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private record Panel(String title, ToDoubleFunction<Moment> number, boolean common) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("requests a second", Moment::arrivals, true),
            new Panel("replicas", Moment::replicas, false),
            new Panel("lag, requests", Moment::lag, false),
            new Panel("waiting, seconds", Moment::waiting, false));

    private Chart() {}

    /// @param results by the name of the tuning, at most six
    static String svg(String title, Evening evening, Map<String, Simulation.Result> results) {
        int height = TOP + PANELS.size() * (HEIGHT + GAP) + 20;
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <title>%s</title>
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="%d" y="20" font-size="15" font-weight="bold">%s</text>
                """.formatted(WIDTH, height, escaped(title), LEFT, escaped(title)));
        legend(svg, List.copyOf(results.keySet()));
        for (int i = 0; i < PANELS.size(); i++) {
            panel(svg, PANELS.get(i), TOP + GAP / 2 + i * (HEIGHT + GAP), evening, results);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg, List<String> names) {
        int x = LEFT;
        for (int i = 0; i < names.size(); i++) {
            svg.append("<line x1=\"%d\" y1=\"38\" x2=\"%d\" y2=\"38\" %s/><text x=\"%d\" y=\"42\">%s</text>\n"
                    .formatted(x, x + 28, stroke(i), x + 34, escaped(names.get(i))));
            x += 50 + names.get(i).length() * 8;
        }
    }

    private static void panel(
            StringBuilder svg, Panel panel, int top, Evening evening, Map<String, Simulation.Result> results) {
        double highest = results.values().stream()
                .flatMap(result -> result.moments().stream())
                .mapToDouble(panel.number())
                .max()
                .orElse(0);
        double ceiling = ceiling(highest);
        svg.append("<text x=\"%d\" y=\"%d\" fill=\"#333\">%s</text>\n".formatted(LEFT, top - 6, panel.title()));
        for (int i = 0; i <= 2; i++) {
            double y = top + HEIGHT * i / 2.0;
            svg.append("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                    .formatted(LEFT, y, LEFT + POINTS, y));
            svg.append("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>\n"
                    .formatted(LEFT - 8, y + 4, number(ceiling * (2 - i) / 2)));
        }
        for (int i = 0; i <= 6; i++) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s</text>\n"
                    .formatted(
                            LEFT + POINTS * i / 6,
                            top + HEIGHT + 16,
                            CLOCK.format(evening.at((long) evening.seconds() * i / 6))));
        }
        int index = 0;
        for (Simulation.Result result : results.values()) {
            line(svg, panel, top, ceiling, result, panel.common() ? "fill=\"none\" stroke=\"#555\"" : stroke(index));
            index++;
            if (panel.common()) {
                break;
            }
        }
    }

    /// The highest of what a point stands for, so that no peak is lost.
    private static void line(
            StringBuilder svg, Panel panel, int top, double ceiling, Simulation.Result result, String stroke) {
        List<Moment> moments = result.moments();
        svg.append("<polyline %s stroke-width=\"1.6\" points=\"".formatted(stroke));
        for (int x = 0; x < POINTS; x++) {
            int from = (int) ((long) moments.size() * x / POINTS);
            int to = (int) Math.max(from + 1L, (long) moments.size() * (x + 1) / POINTS);
            double number = moments.subList(from, Math.min(moments.size(), to)).stream()
                    .mapToDouble(panel.number())
                    .max()
                    .orElse(0);
            svg.append(String.format(Locale.ROOT, "%d,%.1f ", LEFT + x, top + HEIGHT * (1 - number / ceiling)));
        }
        svg.append("\"/>\n");
    }

    /// 1, 2 or 5 times a power of ten.
    static double ceiling(double highest) {
        if (highest <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(highest)));
        for (double factor : new double[] {1, 2, 5}) {
            if (highest <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String stroke(int index) {
        return "fill=\"none\" stroke=\"%s\" stroke-dasharray=\"%s\""
                .formatted(COLOURS.get(index % COLOURS.size()), DASHES.get(index % DASHES.size()));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
