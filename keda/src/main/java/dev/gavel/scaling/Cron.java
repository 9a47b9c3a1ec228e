package dev.gavel.scaling;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/// A cron expression of five fields: minute, hour, day of the month, month, day of the week (0 or 7
/// is Sunday). A field is `*` or a list of numbers and ranges, each with or without a step.
final class Cron {

    private static final int A_LEAP_CYCLE = 4 * 366 * 24 * 60;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Cron(String text, String[] fields) {
        this.text = text;
        minutes = set(text, fields[0], 0, 59);
        hours = set(text, fields[1], 0, 23);
        days = set(text, fields[2], 1, 31);
        months = set(text, fields[3], 1, 12);
        weekdays = set(text, fields[4], 0, 7);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        anyDay = fields[2].startsWith("*");
        anyWeekday = fields[4].startsWith("*");
    }

    /// @throws IllegalArgumentException when it is none, or never comes; the message says what is
    /// wrong
    static Cron of(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw wrong(text, "it needs five fields");
        }
        Cron cron = new Cron(text, fields);
        LocalDateTime _ = cron.after(LocalDateTime.of(2024, 1, 1, 0, 0));
        return cron;
    }

    /// The next time, later than this one.
    LocalDateTime after(LocalDateTime now) {
        LocalDateTime next = now.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        for (int i = 0; i < A_LEAP_CYCLE; i++) {
            if (!months.get(next.getMonthValue()) || !day(next)) {
                next = next.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(next.getHour())) {
                next = next.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(next.getMinute())) {
                next = next.plusMinutes(1);
            } else {
                return next;
            }
        }
        throw wrong(text, "it never comes");
    }

    // When both days are restricted, either is enough: so it has always been.
    private boolean day(LocalDateTime time) {
        boolean inMonth = days.get(time.getDayOfMonth());
        boolean inWeek = weekdays.get(time.getDayOfWeek().getValue() % 7);
        return anyDay || anyWeekday ? inMonth && inWeek : inMonth || inWeek;
    }

    private static BitSet set(String text, String field, int from, int to) {
        BitSet set = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] stepped = part.split("/", 2);
            int step = stepped.length == 2 ? number(text, stepped[1], 1, to) : 1;
            int low = from;
            int high = to;
            if (!stepped[0].equals("*")) {
                String[] range = stepped[0].split("-", 2);
                low = number(text, range[0], from, to);
                high = range.length == 2 ? number(text, range[1], low, to) : stepped.length == 2 ? to : low;
            }
            for (int i = low; i <= high; i += step) {
                set.set(i);
            }
        }
        return set;
    }

    private static int number(String text, String digits, int from, int to) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(text, digits + " must be a number from " + from + " to " + to);
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException("The cron expression '" + text + "' cannot be used: " + what + ".");
    }

    @Override
    public String toString() {
        return text;
    }
}
