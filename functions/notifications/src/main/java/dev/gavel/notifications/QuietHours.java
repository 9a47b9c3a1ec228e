package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// From when to when, every day, somebody wants neither SMS nor push; over midnight when `to` is not after
/// `from`.
record QuietHours(
        @JsonFormat(pattern = "HH:mm") LocalTime from,
        @JsonFormat(pattern = "HH:mm") LocalTime to) {

    /// When the quiet hours that are now end; empty when it is not quiet. An end that the clocks jump over is
    /// when they have jumped, and one that comes twice is the first.
    Optional<Instant> end(Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean overMidnight = !to.isAfter(from);
        boolean evening = !time.isBefore(from);
        boolean quiet = overMidnight ? evening || time.isBefore(to) : evening && time.isBefore(to);
        LocalDate day = overMidnight && evening ? here.toLocalDate().plusDays(1) : here.toLocalDate();
        return Optional.of(ZonedDateTime.of(day, to, zone).toInstant()).filter(end -> quiet && end.isAfter(now));
    }
}
