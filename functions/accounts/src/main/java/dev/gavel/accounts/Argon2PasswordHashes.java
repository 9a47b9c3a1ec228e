package dev.gavel.accounts;

import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Argon2id in the least profile OWASP recommends: 19 MiB, two passes, one lane. As each hash takes its
/// memory only a few are computed at once; who cannot get a turn soon is told to come back.
final class Argon2PasswordHashes implements PasswordHashes {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    /// A hash of no password anybody can have, with the parameters of all others: what is compared when
    /// there is none.
    static final String NOBODY =
            "$argon2id$v=19$m=19456,t=2,p=1$Z2F2ZWwtbm9ib2R5LTAwMQ" + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore turns;
    private final Duration patience;

    /// @param atOnce how many are computed at once
    /// @param patience how long a caller waits for a turn
    Argon2PasswordHashes(int atOnce, Duration patience) {
        this.turns = new Semaphore(atOnce);
        this.patience = patience;
    }

    /// As many at once as there are processors: more would only take more memory.
    static Argon2PasswordHashes forThisMachine() {
        return new Argon2PasswordHashes(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8), Duration.ofSeconds(2));
    }

    @Override
    public String hash(Password password) {
        return inTurn(() -> encoder.encode(password.value()));
    }

    @Override
    public boolean matches(Password password, @Nullable String hash) {
        boolean equal = inTurn(() -> encoder.matches(password.value(), hash == null ? NOBODY : hash));
        return hash != null && equal;
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Unavailable("too many passwords are being checked; please try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("the server is stopping", e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
