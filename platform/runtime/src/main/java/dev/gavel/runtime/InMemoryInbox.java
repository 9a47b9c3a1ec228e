package dev.gavel.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The inbox of one process, the latest 100,000 events: for tests and benches only, since it ends with it.
public final class InMemoryInbox implements Inbox {

    private final int most;
    private final Map<String, Instant> entries = new LinkedHashMap<>();

    public InMemoryInbox() {
        this(100_000);
    }

    /// @param most how many events to remember; the oldest are forgotten first
    public InMemoryInbox(int most) {
        this.most = most;
    }

    @Override
    public synchronized Claim claim(String useCase, String source, String id, Instant now, Duration lease) {
        String key = key(useCase, source, id);
        Instant until = entries.get(key);
        if (until != null && now.isBefore(until)) {
            return until.equals(Instant.MAX) ? Claim.HANDLED : Claim.RUNNING;
        }
        entries.put(key, now.plus(lease));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
        return Claim.CLAIMED;
    }

    @Override
    public synchronized void handled(String useCase, String source, String id) {
        entries.put(key(useCase, source, id), Instant.MAX);
    }

    @Override
    public synchronized void release(String useCase, String source, String id) {
        entries.computeIfPresent(key(useCase, source, id), (_, until) -> until.equals(Instant.MAX) ? until : null);
    }

    private static String key(String useCase, String source, String id) {
        return useCase + " " + source + " " + id;
    }
}
