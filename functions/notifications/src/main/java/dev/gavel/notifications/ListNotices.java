package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.notifications.Notices.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the caller's notices page by page, the newest first, in the caller's language. The list may lag a moment
/// behind. Refusals: {@link NotificationRejected} `Invalid`.
public final class ListNotices implements UseCase<ListNotices.Query, ListNotices.Found> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    /// @param limit how many, 1 to 100; 20 when absent
    /// @param after continues the page before, as its `cursor` says
    record Query(@Nullable Integer limit, @Nullable String after) {}

    /// @param unread how many are unread in all, counted up to 100
    /// @param cursor continues it; absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(
            List<NoticeView> notices, int unread, @Nullable String cursor) {}

    private final Notices notices;
    private final Readers readers;

    ListNotices(Notices notices, Readers readers) {
        this.notices = notices;
        this.readers = readers;
    }

    @Override
    public Outcome<Found> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new NotificationRejected.Invalid("limit", "ask for 1 to " + LARGEST_LIMIT));
        }
        Slice found;
        try {
            found = notices.of(call.user(), limit, query.after());
        } catch (IllegalArgumentException _) {
            return Outcome.rejected(
                    new NotificationRejected.Invalid("after", "send the cursor as the page before gave it"));
        }
        Preferences preferences = readers.find(call.user()).preferences();
        return Outcome.accepted(new Found(
                found.entries().stream()
                        .map(entry -> NoticeView.of(entry, preferences))
                        .toList(),
                notices.unread(call.user()),
                found.cursor()));
    }
}
