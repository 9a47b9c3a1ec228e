package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Goes on with a session: the current refresh token for a new access token and the next refresh token. A
/// token that was used before ends the whole session, except when the very same request comes again within
/// a minute, whose answer was lost: that gets the same refresh token again. Refused: {@link
/// SessionRejected.Ended}, {@link SessionRejected.Reused}.
final class RefreshToken implements UseCase<RefreshToken.Command, IssueToken.Receipt> {

    record Command(Secret refreshToken) {}

    private final Users users;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final RandomGenerator random;

    RefreshToken(Users users, Sessions sessions, AccessTokens tokens, RandomGenerator random) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.random = random;
    }

    @Override
    public Outcome<IssueToken.Receipt> apply(Call<Command> call) {
        Instant now = call.receivedAt();
        Optional<SessionToken> presented = SessionToken.parse(call.command().refreshToken());
        Optional<Session> session = presented.flatMap(token -> sessions.find(token.familyId()));
        // The user is read again each time: roles that were taken away are gone with the next token.
        Optional<User> user = session.flatMap(found -> users.byId(found.userId()));
        if (presented.isEmpty() || session.isEmpty() || user.isEmpty()) {
            return Outcome.rejected(new SessionRejected.Ended());
        }
        return switch (session.get().use(presented.get(), call.requestId(), SessionToken.salt(random), now)) {
            case Session.Use.Rotated(Session next, SessionToken token) -> {
                sessions.rotate(session.get(), next);
                yield answer(user.get(), token, now);
            }
            case Session.Use.Repeated(SessionToken token) -> answer(user.get(), token, now);
            case Session.Use.Ended() -> Outcome.rejected(new SessionRejected.Ended());
            case Session.Use.Reused() -> {
                sessions.revoke(session.get().familyId(), now);
                yield Outcome.rejected(new SessionRejected.Reused());
            }
        };
    }

    private Outcome<IssueToken.Receipt> answer(User user, SessionToken token, Instant now) {
        return Outcome.accepted(IssueToken.Receipt.of(tokens.issue(user, now), token, user.id()));
    }
}
