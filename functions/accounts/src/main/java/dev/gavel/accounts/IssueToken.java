package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Signs somebody in: e-mail address and password for an access token and a refresh token, the first of a
/// new session. A wrong password, an unknown address and a text that is no address get one answer after the
/// same work. Refused: {@link SignInRejected.WrongCredentials}, {@link SignInRejected.TooManyAttempts}. A
/// repetition opens a session of its own.
final class IssueToken implements UseCase<IssueToken.Command, IssueToken.Receipt> {

    static final int LIMIT = 10;
    static final Duration WINDOW = Duration.ofMinutes(15);

    /// @param lastRefreshToken the refresh token of a session this device has or had, if any: see `bucket`
    record Command(
            String email, Password password, @Nullable Secret lastRefreshToken) {
        @Override
        public String toString() {
            return "Command[]";
        }
    }

    /// @param expiresIn for how many seconds the access token is good
    record Receipt(Secret accessToken, String tokenType, long expiresIn, Secret refreshToken, UserId userId) {

        static Receipt of(Secret accessToken, SessionToken refreshToken, UserId userId) {
            return new Receipt(accessToken, "Bearer", AccessTokens.LIFETIME.toSeconds(), refreshToken.text(), userId);
        }
    }

    private final Users users;
    private final PasswordHashes hashes;
    private final SignInAttempts attempts;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final Ids ids;
    private final RandomGenerator random;

    IssueToken(
            Users users,
            PasswordHashes hashes,
            SignInAttempts attempts,
            Sessions sessions,
            AccessTokens tokens,
            Ids ids,
            RandomGenerator random) {
        this.users = users;
        this.hashes = hashes;
        this.attempts = attempts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Command command = call.command();
        Instant now = call.receivedAt();
        // What is no address is looked up all the same, as one that nobody can have registered.
        Email email = Email.parse(command.email()).orElse(new Email(""));
        Optional<User> user = users.byEmail(email);
        String bucket = bucket(command, user);
        String attempt = ids.next("try");
        if (!attempts.take(bucket, attempt, now, LIMIT, WINDOW)) {
            return Outcome.rejected(new SignInRejected.TooManyAttempts(WINDOW.toMinutes()));
        }
        if (!matches(command.password(), user, () -> attempts.giveBack(bucket, attempt)) || user.isEmpty()) {
            return Outcome.rejected(new SignInRejected.WrongCredentials());
        }
        attempts.clear(bucket);
        UserId id = user.get().id();
        SessionToken refreshToken = SessionToken.first(ids, random);
        Secret accessToken = tokens.issue(user.get(), now);
        sessions.start(Session.start(refreshToken, id, now));
        return Outcome.accepted(Receipt.of(accessToken, refreshToken, id));
    }

    private boolean matches(Password password, Optional<User> user, Runnable giveBack) {
        // Nobody has a longer password; the bound keeps the work of a try the same.
        Password tried = password.isTooLong() ? new Password("") : password;
        try {
            return hashes.matches(tried, user.map(User::passwordHash).orElse(null));
        } catch (Unavailable e) {
            giveBack.run();
            throw e;
        }
    }

    /// What a try is counted by. Strangers share the bucket of the address, registered or not, so that
    /// guessing is slow wherever the guesses come from. That must not lock the owner out for as long as
    /// somebody cares to guess, hence: the window is never prolonged; sessions that exist go on, for
    /// refreshing them is not counted here; and a device on which the user was signed in before shows it by
    /// its last refresh token, and has a bucket of its own that no stranger can fill.
    private String bucket(Command command, Optional<User> user) {
        // The digest bounds the key's length and keeps addresses out of the table.
        String address = SessionToken.hash(Email.comparable(command.email()));
        Optional<SessionToken> last =
                Optional.ofNullable(command.lastRefreshToken()).flatMap(SessionToken::parse);
        if (last.isEmpty()) {
            return address;
        }
        Optional<Session> session = sessions.find(last.get().familyId());
        boolean known = session.isPresent()
                && user.isPresent()
                && session.get().recognises(last.get(), user.get().id());
        return known ? address + "." + last.get().familyId() : address;
    }
}
