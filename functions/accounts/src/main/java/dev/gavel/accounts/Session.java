package dev.gavel.accounts;

import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The family of refresh tokens that began with one sign-in. Each use of the current token puts the next
/// generation in its place; whoever comes with an older one shows that there are two holders, and ends the
/// session for both.
///
/// @param tokenHash the hash of the current token
/// @param rotation how the current generation came to be; null in the first
/// @param usedAt when the current generation came to be
/// @param revokedAt when the session was ended; null while it is good
record Session(
        String familyId,
        UserId userId,
        long generation,
        String tokenHash,
        @Nullable Rotation rotation,
        Instant startedAt,
        Instant usedAt,
        @Nullable Instant revokedAt) {

    static final Duration IDLE = Duration.ofDays(30);
    static final Duration ABSOLUTE = Duration.ofDays(90);
    static final Duration RETRY = Duration.ofSeconds(60);

    /// What is needed to answer a repetition of the request that made the current generation.
    record Rotation(String previousHash, String requestHash, String salt) {}

    /// What comes of presenting a token.
    sealed interface Use {
        /// The session goes on with another token, once this is stored.
        record Rotated(Session next, SessionToken token) implements Use {}

        /// The request was answered before, with this token.
        record Repeated(SessionToken token) implements Use {}

        /// The session is over.
        record Ended() implements Use {}

        /// An older token came back: the session has to be revoked.
        record Reused() implements Use {}
    }

    static Session start(SessionToken token, UserId userId, Instant now) {
        return new Session(token.familyId(), userId, 1, token.hash(), null, now, now, null);
    }

    /// Decides about a token of this family. That it is of this family is proof enough that it was issued
    /// once: the id of a family has 80 random bits and leaves us in its refresh tokens only.
    Use use(SessionToken presented, String requestId, String newSalt, Instant now) {
        if (!isGood(now)) {
            return new Use.Ended();
        }
        String requestHash = SessionToken.hash(requestId);
        if (presented.hasHash(tokenHash)) {
            SessionToken next = presented.successor(newSalt, requestId);
            Rotation made = new Rotation(tokenHash, requestHash, newSalt);
            return new Use.Rotated(
                    new Session(familyId, userId, generation + 1, next.hash(), made, startedAt, now, null), next);
        }
        if (rotation != null
                && presented.hasHash(rotation.previousHash)
                && requestHash.equals(rotation.requestHash)
                && !now.isAfter(usedAt.plus(RETRY))) {
            return new Use.Repeated(presented.successor(rotation.salt, requestId));
        }
        return new Use.Reused();
    }

    private boolean isGood(Instant now) {
        return revokedAt == null && now.isBefore(usedAt.plus(IDLE)) && now.isBefore(startedAt.plus(ABSOLUTE));
    }

    /// Whether the token shows that its holder is where this user has signed in before.
    boolean recognises(SessionToken token, UserId user) {
        return revokedAt == null && userId.equals(user) && token.hasHash(tokenHash);
    }

    /// When nobody can have use for the session any more.
    Instant forgetAt() {
        return startedAt.plus(ABSOLUTE);
    }

    @Override
    public String toString() {
        return "a session of " + userId;
    }
}
