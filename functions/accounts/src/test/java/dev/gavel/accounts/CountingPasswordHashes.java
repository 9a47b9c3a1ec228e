package dev.gavel.accounts;

import dev.gavel.kernel.Unavailable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hashes that cost nothing and are counted, for tests of rules.
final class CountingPasswordHashes implements PasswordHashes {

    private final AtomicInteger computed = new AtomicInteger();
    private volatile boolean busy;

    @Override
    public String hash(Password password) {
        return compute(password);
    }

    @Override
    public boolean matches(Password password, @Nullable String hash) {
        return compute(password).equals(hash);
    }

    private String compute(Password password) {
        if (busy) {
            throw new Unavailable("busy");
        }
        computed.incrementAndGet();
        return SessionToken.hash(password.value());
    }

    /// How many were computed so far.
    int computed() {
        return computed.get();
    }

    void busy(boolean now) {
        busy = now;
    }
}
