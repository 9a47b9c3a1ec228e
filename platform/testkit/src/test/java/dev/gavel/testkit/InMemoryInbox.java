package dev.gavel.testkit;

import dev.gavel.runtime.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A right inbox, to show that the contract can be kept.
final class InMemoryInbox implements Inbox {

    private record Row(Instant leaseUntil, boolean handled) {}

    private final Map<List<String>, Row> rows = new HashMap<>();

    @Override
    public synchronized Claim claim(String useCase, String source, String id, Instant now, Duration lease) {
        Row row = rows.get(List.of(useCase, source, id));
        if (row != null && row.handled()) {
            return Claim.HANDLED;
        }
        if (row != null && row.leaseUntil().isAfter(now)) {
            return Claim.RUNNING;
        }
        rows.put(List.of(useCase, source, id), new Row(now.plus(lease), false));
        return Claim.CLAIMED;
    }

    @Override
    public synchronized void handled(String useCase, String source, String id) {
        rows.computeIfPresent(List.of(useCase, source, id), (_, row) -> new Row(row.leaseUntil(), true));
    }

    @Override
    public synchronized void release(String useCase, String source, String id) {
        rows.computeIfPresent(List.of(useCase, source, id), (_, row) -> row.handled() ? row : null);
    }
}
