package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The round through all payments that is going on, and the report of the one before.
///
/// @param cursor where to go on; absent at the beginning of a round
/// @param writes counts the writes; every write names the one it was decided on
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reconciliation(
        @Nullable String cursor,
        @Nullable Report running,
        @Nullable Report last,
        long writes) {

    static final Reconciliation NEVER = new Reconciliation(null, null, null, 0);

    /// @param finishedAt absent as long as the round goes on
    /// @param checked how many payments were looked at
    /// @param unasked how many of them the gateway could not be asked about
    /// @param found how many differences there were; the first 100 are listed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Report(
            Instant startedAt,
            @Nullable Instant finishedAt,
            int checked,
            int unasked,
            int found,
            List<Difference> differences) {

        private static final int MOST_LISTED = 100;

        static Report started(Instant now) {
            return new Report(now, null, 0, 0, 0, List.of());
        }

        Report plus(int more, int moreUnasked, List<Difference> others) {
            List<Difference> all = new ArrayList<>(differences);
            others.stream().limit(Math.max(0, MOST_LISTED - all.size())).forEach(all::add);
            return new Report(
                    startedAt, null, checked + more, unasked + moreUnasked, found + others.size(), List.copyOf(all));
        }

        Report finished(Instant now) {
            return new Report(startedAt, now, checked, unasked, found, differences);
        }
    }

    /// Where the books do not agree.
    ///
    /// @param ledger what the ledger says, when it is about an amount
    /// @param elsewhere what the state or the gateway says
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Difference(
            PaymentId paymentId,
            String what,
            @Nullable Money ledger,
            @Nullable Money elsewhere) {}

    /// After some more payments; without a cursor the round is over.
    Reconciliation after(Report report, @Nullable String next, Instant now) {
        return next == null
                ? new Reconciliation(null, null, report.finished(now), writes + 1)
                : new Reconciliation(next, report, last, writes + 1);
    }
}
