package dev.gavel.scaling;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A recorded or made evening, second by second: a CSV whose first column is `time` (ISO 8601 with
/// an offset, in even steps), and every other column a number of that time: requests a second, or a
/// gauge. Between two lines numbers stay what they were.
final class Evening {

    private static final int MOST_SECONDS = 7 * 24 * 3600;

    private final ZonedDateTime begin;
    private final int step;
    private final List<String> columns;
    private final List<double[]> lines;

    private Evening(ZonedDateTime begin, int step, List<String> columns, List<double[]> lines) {
        this.begin = begin;
        this.step = step;
        this.columns = columns;
        this.lines = lines;
    }

    /// @throws IllegalArgumentException when it cannot be read; the message names the line
    static Evening read(List<String> csv) {
        List<String> rows = csv.stream()
                .filter(row -> !row.isBlank() && !row.startsWith("#"))
                .toList();
        if (rows.size() < 3) {
            throw new IllegalArgumentException("An evening needs a line of names and two of numbers.");
        }
        List<String> columns = List.of(rows.getFirst().strip().split("\\s*,\\s*"));
        if (!columns.getFirst().equals("time") || columns.size() < 2) {
            throw new IllegalArgumentException("The first column of an evening is `time`, and there must be another.");
        }
        List<ZonedDateTime> times = new ArrayList<>();
        List<double[]> lines = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.strip().split("\\s*,\\s*", -1);
            if (cells.length != columns.size()) {
                throw wrong(row, "it has " + cells.length + " columns instead of " + columns.size());
            }
            try {
                times.add(OffsetDateTime.parse(cells[0]).toZonedDateTime());
                double[] numbers = new double[cells.length - 1];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Double.parseDouble(cells[i + 1]);
                    if (!(numbers[i] >= 0) || Double.isInfinite(numbers[i])) {
                        throw wrong(row, "a number must be 0 or more");
                    }
                }
                lines.add(numbers);
            } catch (DateTimeParseException | NumberFormatException e) {
                throw wrong(row, String.valueOf(e.getMessage()));
            }
        }
        long step = times.get(1).toEpochSecond() - times.getFirst().toEpochSecond();
        for (int i = 1; i < times.size(); i++) {
            if (step < 1 || times.get(i).toEpochSecond() - times.get(i - 1).toEpochSecond() != step) {
                throw wrong(rows.get(i + 1), "the times must be in even steps of a second or more");
            }
        }
        if (step * times.size() > MOST_SECONDS) {
            throw new IllegalArgumentException("An evening has at most seven days.");
        }
        return new Evening(times.getFirst(), (int) step, columns.subList(1, columns.size()), lines);
    }

    int seconds() {
        return lines.size() * step;
    }

    ZonedDateTime at(long second) {
        return begin.plusSeconds(second);
    }

    /// @throws IllegalArgumentException when there is no such column
    double number(String column, long second) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("The evening says nothing about " + column + ", only about " + columns);
        }
        return lines.get((int) Math.min(lines.size() - 1, second / step))[index];
    }

    /// What Prometheus would answer: the column whose name is in the query.
    Trigger.Gauges gauges(long second) {
        return query -> number(
                columns.stream()
                        .filter(query::contains)
                        .max((a, b) -> Integer.compare(a.length(), b.length()))
                        .orElseThrow(() -> new IllegalArgumentException(String.format(
                                Locale.ROOT,
                                "The evening says nothing about the query %s, only about %s",
                                query,
                                columns))),
                second);
    }

    private static IllegalArgumentException wrong(String row, String what) {
        return new IllegalArgumentException("The line '" + row + "' of the evening cannot be read: " + what + ".");
    }
}
