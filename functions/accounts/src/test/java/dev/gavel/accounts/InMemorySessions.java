package dev.gavel.accounts;

import dev.gavel.kernel.StaleWrite;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The twin of `DynamoSessions`.
final class InMemorySessions implements Sessions {

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    @Override
    public void start(Session session) {
        sessions.put(session.familyId(), session);
    }

    @Override
    public Optional<Session> find(String familyId) {
        return Optional.ofNullable(sessions.get(familyId));
    }

    @Override
    public void rotate(Session from, Session to) {
        sessions.compute(from.familyId(), (_, current) -> {
            if (current == null
                    || current.revokedAt() != null
                    || !current.tokenHash().equals(from.tokenHash())) {
                throw new StaleWrite("session");
            }
            return to;
        });
    }

    @Override
    public void revoke(String familyId, Instant now) {
        sessions.computeIfPresent(
                familyId,
                (_, session) -> session.revokedAt() != null
                        ? session
                        : new Session(
                                session.familyId(),
                                session.userId(),
                                session.generation(),
                                session.tokenHash(),
                                session.rotation(),
                                session.startedAt(),
                                session.usedAt(),
                                now));
    }
}
