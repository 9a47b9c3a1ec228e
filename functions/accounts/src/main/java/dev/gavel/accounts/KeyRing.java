package dev.gavel.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All signing keys, the oldest first: which of them signs, which are published and which are of no use any
/// more follows from the time alone.
record KeyRing(List<SigningKey> keys) {

    static final Duration SIGNS = Duration.ofDays(30);

    /// How long before its first use a key is published at the least, so that whoever caches the keys has
    /// it by then.
    static final Duration AHEAD = Duration.ofHours(1);

    /// How long before its first use a key is made when the ticks come as they should.
    static final Duration MADE_AHEAD = Duration.ofDays(1);

    /// How long a key that signs no more stays published: as long as its last token is valid, and more for
    /// clocks that disagree.
    static final Duration LINGERS = AccessTokens.LIFETIME.plus(Duration.ofHours(1));

    KeyRing {
        keys = keys.stream()
                .sorted(Comparator.comparingLong(SigningKey::generation))
                .toList();
    }

    /// The key that signs at this time: the newest that has begun to. The oldest signs also before that, for a
    /// request that was received a moment before another request made the first key.
    Optional<SigningKey> signing(Instant now) {
        return keys.reversed().stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .findFirst()
                .or(() -> keys.stream().findFirst());
    }

    /// The keys a verifier may meet or will meet: those that did sign, do, and will.
    List<SigningKey> published(Instant now) {
        return keys.stream().filter(key -> !isSpent(key, now)).toList();
    }

    /// The keys whose last token has expired.
    List<SigningKey> spent(Instant now) {
        return keys.stream().filter(key -> isSpent(key, now)).toList();
    }

    /// When the next key has to begin to sign if it is to be made now; nothing while there is no need of one.
    Optional<Instant> nextSignsFrom(Instant now) {
        if (keys.isEmpty()) {
            return Optional.of(now);
        }
        Instant due = keys.getLast().signsFrom().plus(SIGNS);
        if (now.isBefore(due.minus(MADE_AHEAD))) {
            return Optional.empty();
        }
        Instant soonest = now.plus(AHEAD);
        return Optional.of(due.isAfter(soonest) ? due : soonest);
    }

    long nextGeneration() {
        return keys.isEmpty() ? 1 : keys.getLast().generation() + 1;
    }

    private boolean isSpent(SigningKey key, Instant now) {
        List<SigningKey> later = new ArrayList<>(keys.subList(keys.indexOf(key) + 1, keys.size()));
        return !later.isEmpty() && !now.isBefore(later.getFirst().signsFrom().plus(LINGERS));
    }
}
