package dev.gavel.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.operations.DeadLetters.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists dead letters page by page, the newest first; the list may lag a moment behind. Refusals:
/// {@link DeadLetterRejected} `QueryInvalid`.
public final class ListDeadLetters implements UseCase<ListDeadLetters.Query, ListDeadLetters.Found> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 50;

    /// @param limit how many, 1 to 50; 20 when absent
    /// @param cursor continues the page before, as that page gave it
    public record Query(@Nullable Integer limit, @Nullable String cursor) {}

    /// One page; the cursor is absent on the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            List<DeadLetterView> deadLetters, @Nullable String cursor) {}

    private final DeadLetters letters;

    ListDeadLetters(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public Outcome<Found> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new DeadLetterRejected.QueryInvalid("limit", "ask for 1 to " + LARGEST_LIMIT));
        }
        Slice found;
        try {
            found = letters.newest(limit, query.cursor());
        } catch (IllegalArgumentException _) {
            return Outcome.rejected(
                    new DeadLetterRejected.QueryInvalid("cursor", "send it as the page before gave it"));
        }
        return Outcome.accepted(
                new Found(found.letters().stream().map(DeadLetterView::of).toList(), found.cursor()));
    }
}
