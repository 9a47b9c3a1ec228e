package dev.gavel.testkit;

import dev.gavel.runtime.IdempotencyRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A right store, to show that the contract can be kept.
final class InMemoryIdempotencyRecords implements IdempotencyRecords {

    private static final Duration KEPT = Duration.ofHours(24);

    private record Row(
            String payload,
            Instant leaseUntil,
            Instant expiresAt,
            @Nullable StoredAnswer answer) {}

    private final Map<List<String>, Row> rows = new HashMap<>();

    @Override
    public synchronized Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
        Row row = rows.get(List.of(scope, key));
        if (row != null && row.expiresAt().isAfter(now)) {
            if (!row.payload().equals(payloadHash)) {
                return new Claim.OtherPayload();
            }
            if (row.answer() != null) {
                return new Claim.Answered(row.answer());
            }
            if (row.leaseUntil().isAfter(now)) {
                return new Claim.Running();
            }
        }
        rows.put(List.of(scope, key), new Row(payloadHash, now.plus(lease), now.plus(KEPT), null));
        return new Claim.Claimed();
    }

    @Override
    public synchronized void complete(String scope, String key, StoredAnswer answer) {
        rows.computeIfPresent(
                List.of(scope, key),
                (_, row) ->
                        row.answer() != null ? row : new Row(row.payload(), row.leaseUntil(), row.expiresAt(), answer));
    }

    @Override
    public synchronized void release(String scope, String key) {
        rows.computeIfPresent(List.of(scope, key), (_, row) -> row.answer() != null ? row : null);
    }
}
