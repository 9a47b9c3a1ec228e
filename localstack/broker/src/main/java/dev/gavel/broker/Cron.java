package dev.gavel.broker;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A schedule as PingSources write it: five fields, or six with seconds in front, or a descriptor such as `@hourly` or
/// `@every 5s`. When both the day of the month and the day of the week are restricted, either of them is enough.
public final class Cron {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Map<String, String> DESCRIPTORS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final int YEARS_AHEAD = 5;
    private static final int DAYS_OF_WEEK = 7;

    private final String text;
    private final @Nullable Duration every;
    private final List<Field> fields;

    private Cron(String text, @Nullable Duration every, List<Field> fields) {
        this.text = text;
        this.every = every;
        this.fields = fields;
    }

    /// Reads a schedule.
    ///
    /// @throws IllegalArgumentException in one sentence, when it is not one
    public static Cron parse(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith("@every ")) {
            return new Cron(text, every(trimmed.substring("@every ".length()).strip()), List.of());
        }
        var parts = DESCRIPTORS.getOrDefault(trimmed, trimmed).split("\\s+");
        if (parts.length != 5 && parts.length != 6) {
            throw new IllegalArgumentException(
                    "the schedule '" + text + "' must have five fields, or six with seconds in front");
        }
        var shift = parts.length - 5;
        return new Cron(
                text,
                null,
                List.of(
                        shift == 0 ? new Field(1L, false) : field(parts[0], 0, 59, List.of()),
                        field(parts[shift], 0, 59, List.of()),
                        field(parts[shift + 1], 0, 23, List.of()),
                        field(parts[shift + 2], 1, 31, List.of()),
                        field(parts[shift + 3], 1, 12, MONTHS),
                        field(parts[shift + 4], 0, 6, DAYS)));
    }

    /// The first tick strictly after `moment`, in the zone of `moment`; empty when there is none within five years.
    public Optional<ZonedDateTime> next(ZonedDateTime moment) {
        var candidate = moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        if (every != null) {
            return Optional.of(moment.truncatedTo(ChronoUnit.SECONDS).plus(every));
        }
        var limit = moment.getYear() + YEARS_AHEAD;
        while (candidate.getYear() <= limit) {
            if (!fields.get(4).has(candidate.getMonthValue())) {
                candidate =
                        candidate.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).plusMonths(1);
            } else if (!dayMatches(candidate)) {
                candidate = candidate.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!fields.get(2).has(candidate.getHour())) {
                candidate = candidate.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!fields.get(1).has(candidate.getMinute())) {
                candidate = candidate.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            } else if (!fields.get(0).has(candidate.getSecond())) {
                candidate = candidate.plusSeconds(1);
            } else {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean dayMatches(ZonedDateTime moment) {
        var ofMonth = fields.get(3);
        var ofWeek = fields.get(5);
        var monthDay = ofMonth.has(moment.getDayOfMonth());
        var weekDay = ofWeek.has(moment.getDayOfWeek().getValue() % DAYS_OF_WEEK);
        return ofMonth.star() || ofWeek.star() ? monthDay && weekDay : monthDay || weekDay;
    }

    private static Duration every(String duration) {
        try {
            var parsed = Duration.parse("PT" + duration.toUpperCase(Locale.ROOT));
            if (parsed.compareTo(Duration.ofSeconds(1)) >= 0) {
                return parsed.truncatedTo(ChronoUnit.SECONDS);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'@every " + duration + "' needs a duration such as 30s or 1h30m", e);
        }
        throw new IllegalArgumentException("'@every " + duration + "' must be one second or more");
    }

    private static Field field(String text, int min, int max, List<String> names) {
        var bits = 0L;
        var star = false;
        for (var part : text.split(",", -1)) {
            var range = part.split("/", -1);
            var open = "*".equals(range[0]) || "?".equals(range[0]);
            var ends = open ? new String[0] : range[0].split("-", -1);
            if (range.length > 2 || ends.length > 2) {
                throw new IllegalArgumentException("'" + part + "' is not a cron range");
            }
            var step = range.length == 2 ? number(range[1], List.of(), part, 0) : 1;
            var from = open ? min : number(ends[0], names, part, min);
            // A single value with a step runs to the end of the field.
            var last = range.length == 2 ? max : from;
            var to = open ? max : ends.length == 2 ? number(ends[1], names, part, min) : last;
            if (from < min || to > max || from > to || step < 1) {
                throw new IllegalArgumentException("'" + part + "' must lie within " + min + "-" + max);
            }
            for (var value = from; value <= to; value += step) {
                bits |= 1L << value;
            }
            star |= open && step == 1;
        }
        return new Field(bits, star);
    }

    private static int number(String text, List<String> names, String part, int firstName) {
        var named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return named + firstName;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + part + "' is not a cron number, range or step", e);
        }
    }

    private record Field(long bits, boolean star) {
        boolean has(int value) {
            return (bits & 1L << value) != 0;
        }
    }
}
