package dev.gavel.accounts;

import dev.gavel.events.Fact;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All use cases of this context over in-memory ports, at a time that only moves when it is told to.
final class AccountsFixture {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    static final String ANNA = "anna@example.com";
    static final String PASSWORD = "correct horse battery";
    static final KeyEncryption ENCRYPTION =
            KeyEncryption.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));

    final InMemoryUsers users = new InMemoryUsers();
    final InMemorySessions sessions = new InMemorySessions();
    final InMemorySigningKeys keys = new InMemorySigningKeys();
    final InMemorySignInAttempts attempts = new InMemorySignInAttempts();
    final CountingPasswordHashes hashes = new CountingPasswordHashes();
    final Random random = new Random(7);
    final Ids ids = new Ids(Clock.fixed(START, ZoneOffset.UTC), random);

    private Operators operators = Operators.NOBODY;
    private Instant now = START;
    private int requests;

    Instant now() {
        return now;
    }

    AccountsFixture later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    AccountsFixture withOperators(String setting) {
        operators = Operators.parse(setting);
        return this;
    }

    AccessTokens accessTokens() {
        return new AccessTokens(keys, ENCRYPTION, "https://gavel.dev", operators, ids);
    }

    <C> Call<C> call(C command, Caller caller, String requestId) {
        return new Call<>(command, caller, now, requestId);
    }

    private String newRequest() {
        return "request-" + ++requests;
    }

    Outcome<RegisterUser.Receipt> register(String email, String password, String name) {
        return new RegisterUser(users, hashes, ids)
                .apply(call(
                        new RegisterUser.Command(email, new Password(password), name), Caller.ANONYMOUS, newRequest()));
    }

    AccountsFixture withAnna() {
        accepted(register(ANNA, PASSWORD, "Anna"));
        return this;
    }

    UserId anna() {
        return users.byEmail(new Email(ANNA)).orElseThrow().id();
    }

    Outcome<IssueToken.Receipt> signIn(String email, String password, @Nullable Secret lastRefreshToken) {
        return new IssueToken(users, hashes, attempts, sessions, accessTokens(), ids, random)
                .apply(call(
                        new IssueToken.Command(email, new Password(password), lastRefreshToken),
                        Caller.ANONYMOUS,
                        newRequest()));
    }

    Outcome<IssueToken.Receipt> signIn(String email, String password) {
        return signIn(email, password, null);
    }

    IssueToken.Receipt annaSignsIn() {
        return accepted(signIn(ANNA, PASSWORD));
    }

    Outcome<IssueToken.Receipt> refresh(Secret token, String requestId) {
        return new RefreshToken(users, sessions, accessTokens(), random)
                .apply(call(new RefreshToken.Command(token), Caller.ANONYMOUS, requestId));
    }

    Outcome<IssueToken.Receipt> refresh(Secret token) {
        return refresh(token, newRequest());
    }

    Outcome<RevokeToken.Receipt> revoke(Secret token) {
        return new RevokeToken(sessions).apply(call(new RevokeToken.Command(token), Caller.ANONYMOUS, newRequest()));
    }

    PublishJwks.Receipt jwks() {
        return accepted(new PublishJwks(keys).apply(call(new PublishJwks.Command(), Caller.ANONYMOUS, newRequest())));
    }

    Done rotateKeys() {
        return accepted(new RotateSigningKeys(keys, ENCRYPTION)
                .apply(call(new Tick(), new Caller.Platform("/tick"), newRequest())));
    }

    Outcome<GetProfile.Receipt> profile(UserId id) {
        return new GetProfile(users).apply(call(new GetProfile.Command(), user(id), newRequest()));
    }

    Outcome<GetPublicProfile.Receipt> publicProfile(UserId id) {
        return new GetPublicProfile(users)
                .apply(call(new GetPublicProfile.Command(id), Caller.ANONYMOUS, newRequest()));
    }

    Outcome<GetProfile.Receipt> rename(UserId id, @Nullable String name) {
        return new UpdateProfile(users).apply(call(new UpdateProfile.Command(name), user(id), newRequest()));
    }

    List<Fact<?>> facts() {
        return users.facts();
    }

    static Caller user(UserId id) {
        return new Caller.User(id, Set.of());
    }

    static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection reason) -> throw new AssertionError("rejected: " + reason);
        };
    }

    static Rejection rejected(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?>(Object value) -> throw new AssertionError("accepted: " + value);
            case Outcome.Rejected<?>(Rejection reason) -> reason;
        };
    }
}
