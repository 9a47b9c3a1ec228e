package dev.gavel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Idempotency records of one process, the latest 100,000: for tests and benches only, since they end with
/// it.
public final class InMemoryIdempotencyRecords implements IdempotencyRecords {

    private static final Duration KEPT = Duration.ofHours(24);

    private record Entry(
            String payloadHash,
            Instant claimedUntil,
            Instant expiresAt,
            @Nullable StoredAnswer answer) {}

    private final int most;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public InMemoryIdempotencyRecords() {
        this(100_000);
    }

    /// @param most how many to keep; the oldest go first
    public InMemoryIdempotencyRecords(int most) {
        this.most = most;
    }

    @Override
    public synchronized Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
        String id = id(scope, key);
        Entry entry = entries.get(id);
        if (entry != null && now.isBefore(entry.expiresAt())) {
            if (!entry.payloadHash().equals(payloadHash)) {
                return new Claim.OtherPayload();
            }
            if (entry.answer() != null) {
                return new Claim.Answered(entry.answer());
            }
            if (now.isBefore(entry.claimedUntil())) {
                return new Claim.Running();
            }
        }
        entries.put(id, new Entry(payloadHash, now.plus(lease), now.plus(KEPT), null));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
        return new Claim.Claimed();
    }

    @Override
    public synchronized void complete(String scope, String key, StoredAnswer answer) {
        entries.computeIfPresent(
                id(scope, key),
                (_, entry) -> entry.answer() != null
                        ? entry
                        : new Entry(entry.payloadHash(), entry.claimedUntil(), entry.expiresAt(), answer));
    }

    @Override
    public synchronized void release(String scope, String key) {
        entries.computeIfPresent(id(scope, key), (_, entry) -> entry.answer() != null ? entry : null);
    }

    private static String id(String scope, String key) {
        return scope + " " + key;
    }
}
