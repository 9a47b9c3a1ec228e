package dev.gavel.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The twin of `DynamoSignInAttempts`.
final class InMemorySignInAttempts implements SignInAttempts {

    private record Window(Set<String> tries, Instant end) {}

    private final Map<String, Window> windows = new HashMap<>();

    @Override
    public synchronized boolean take(String bucket, String attempt, Instant now, int limit, Duration length) {
        Window window = windows.get(bucket);
        if (window == null || !now.isBefore(window.end)) {
            window = new Window(new HashSet<>(), now.plus(length));
            windows.put(bucket, window);
        }
        if (window.tries.size() < limit) {
            window.tries.add(attempt);
        }
        return window.tries.contains(attempt);
    }

    @Override
    public synchronized void giveBack(String bucket, String attempt) {
        Window window = windows.get(bucket);
        if (window != null) {
            window.tries.remove(attempt);
        }
    }

    @Override
    public synchronized void clear(String bucket) {
        windows.remove(bucket);
    }
}
