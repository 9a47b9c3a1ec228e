package dev.gavel.accounts;

import static dev.gavel.accounts.AccountsFixture.accepted;
import static dev.gavel.accounts.AccountsFixture.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.StaleWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    private static final SessionRejected ENDED = new SessionRejected.Ended();
    private static final SessionRejected REUSED = new SessionRejected.Reused();

    private final AccountsFixture accounts = new AccountsFixture().withAnna();

    @Test
    void eachUseGivesAnotherToken() {
        Secret first = accounts.annaSignsIn().refreshToken();
        Secret second = accepted(accounts.refresh(first)).refreshToken();
        Secret third = accepted(accounts.refresh(second)).refreshToken();

        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(session(first).generation()).isEqualTo(3);
    }

    @Test
    void onlyDigestsAreStored() {
        Secret first = accounts.annaSignsIn().refreshToken();
        Secret second = accepted(accounts.refresh(first)).refreshToken();
        Session session = session(second);
        Session.Rotation rotation = Objects.requireNonNull(session.rotation());

        for (Secret token : List.of(first, second)) {
            String secret = SessionToken.parse(token).orElseThrow().secret();
            assertThat(List.of(session.tokenHash(), rotation.previousHash(), rotation.salt(), rotation.requestHash()))
                    .doesNotContain(secret);
        }
    }

    @Test
    void anOldTokenEndsTheSessionForWhoeverHasTheNewOne() {
        Secret stolen = accounts.annaSignsIn().refreshToken();
        Secret current = accepted(accounts.refresh(stolen)).refreshToken();

        assertThat(rejected(accounts.refresh(stolen)))
                .isEqualTo(REUSED)
                .extracting(Rejection::kind)
                .isEqualTo(Rejection.Kind.UNAUTHENTICATED);
        assertThat(REUSED.detail()).contains("sign in again");
        assertThat(rejected(accounts.refresh(current))).isEqualTo(ENDED);
    }

    @Test
    void aMuchOlderTokenEndsTheSessionToo() {
        Secret oldest = accounts.annaSignsIn().refreshToken();
        Secret current = oldest;
        for (int i = 0; i < 5; i++) {
            current = accepted(accounts.refresh(current)).refreshToken();
        }

        assertThat(rejected(accounts.refresh(oldest))).isEqualTo(REUSED);
        assertThat(rejected(accounts.refresh(current))).isEqualTo(ENDED);
    }

    @Test
    void otherSessionsOfTheUserGoOn() {
        Secret phone = accounts.annaSignsIn().refreshToken();
        Secret laptop = accounts.annaSignsIn().refreshToken();
        accepted(accounts.refresh(phone));
        rejected(accounts.refresh(phone));

        accepted(accounts.refresh(laptop));
    }

    @Test
    void theSameRequestAgainGetsTheSameTokenForAMinute() {
        Secret token = accounts.annaSignsIn().refreshToken();
        IssueToken.Receipt first = accepted(accounts.refresh(token, "key"));
        accounts.later(Session.RETRY);
        IssueToken.Receipt again = accepted(accounts.refresh(token, "key"));

        assertThat(again.refreshToken()).isEqualTo(first.refreshToken());
        assertThat(session(token).generation()).isEqualTo(2);
        accepted(accounts.refresh(again.refreshToken()));
    }

    @Test
    void theSameRequestAfterAMinuteIsReuse() {
        Secret token = accounts.annaSignsIn().refreshToken();
        accepted(accounts.refresh(token, "key"));
        accounts.later(Session.RETRY.plusMillis(1));

        assertThat(rejected(accounts.refresh(token, "key"))).isEqualTo(REUSED);
    }

    @Test
    void repeatingDoesNotProlongTheMinute() {
        Secret token = accounts.annaSignsIn().refreshToken();
        accepted(accounts.refresh(token, "key"));
        accepted(accounts.later(Duration.ofSeconds(40)).refresh(token, "key"));

        assertThat(rejected(accounts.later(Duration.ofSeconds(40)).refresh(token, "key")))
                .isEqualTo(REUSED);
    }

    @Test
    void anotherRequestWithTheOldTokenIsReuseWithinTheMinute() {
        Secret token = accounts.annaSignsIn().refreshToken();
        accepted(accounts.refresh(token, "key"));

        assertThat(rejected(accounts.refresh(token, "another key"))).isEqualTo(REUSED);
    }

    @Test
    void theSameRequestIsReuseOnceItsAnswerWasUsed() {
        Secret token = accounts.annaSignsIn().refreshToken();
        Secret next = accepted(accounts.refresh(token, "key")).refreshToken();
        accepted(accounts.refresh(next));

        assertThat(rejected(accounts.refresh(token, "key"))).isEqualTo(REUSED);
    }

    @RepeatedTest(20)
    void ofTwoAtOnceWithDifferentKeysNotBothWin() throws Exception {
        Secret token = accounts.annaSignsIn().refreshToken();

        List<Object> answers = atOnce(() -> outcome(token, "one"), () -> outcome(token, "two"));

        assertThat(answers).filteredOn(IssueToken.Receipt.class::isInstance).hasSize(1);
    }

    @RepeatedTest(20)
    void ofTheSameRequestTwiceAtOnceBothGetTheSameToken() throws Exception {
        Secret token = accounts.annaSignsIn().refreshToken();

        List<Object> answers = atOnce(() -> outcome(token, "key"), () -> outcome(token, "key"));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(IssueToken.Receipt.class))
                .map(answer -> ((IssueToken.Receipt) answer).refreshToken())
                .satisfies(tokens -> assertThat(tokens.get(0)).isEqualTo(tokens.get(1)));
    }

    @Test
    void aSessionThatRestsForThirtyDaysHasEnded() {
        Secret token = accounts.annaSignsIn().refreshToken();
        accounts.later(Session.IDLE.minusMillis(1));
        Secret next = accepted(accounts.refresh(token)).refreshToken();
        accounts.later(Session.IDLE);

        assertThat(rejected(accounts.refresh(next))).isEqualTo(ENDED);
    }

    @Test
    void noSessionLastsLongerThanNinetyDays() {
        Secret token = accounts.annaSignsIn().refreshToken();
        for (int days = 0; days < 80; days += 20) {
            token = accepted(accounts.later(Duration.ofDays(20)).refresh(token)).refreshToken();
        }
        token = accepted(accounts.later(Duration.ofDays(10).minusMillis(1)).refresh(token))
                .refreshToken();

        assertThat(rejected(accounts.later(Duration.ofMillis(1)).refresh(token)))
                .isEqualTo(ENDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ses_01JD0000000000000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ses_01JD0000000000000000000000."
            })
    void whatIsNoTokenOfOursIsRefusedLikeAnEndedSession(String text) {
        assertThat(rejected(accounts.refresh(new Secret(text)))).isEqualTo(ENDED);
    }

    @Test
    void aUserWhoIsGoneHasNoSession() {
        Secret token = accounts.annaSignsIn().refreshToken();
        accounts.users.forget(accounts.anna());

        assertThat(rejected(accounts.refresh(token))).isEqualTo(ENDED);
    }

    @Test
    void revokingEndsTheSessionAndNeverFails() {
        Secret token = accounts.annaSignsIn().refreshToken();
        RevokeToken.Receipt revoked = accepted(accounts.revoke(token));

        assertThat(rejected(accounts.refresh(token))).isEqualTo(ENDED);
        assertThat(accepted(accounts.revoke(token))).isEqualTo(revoked);
        assertThat(accepted(accounts.revoke(new Secret("nonsense")))).isEqualTo(revoked);
    }

    private Session session(Secret token) {
        return accounts.sessions
                .find(SessionToken.parse(token).orElseThrow().familyId())
                .orElseThrow();
    }

    /// The answer after as many tries as a stale write needs.
    private Object outcome(Secret token, String key) {
        while (true) {
            try {
                return switch (accounts.refresh(token, key)) {
                    case Outcome.Accepted<IssueToken.Receipt>(var receipt) -> receipt;
                    case Outcome.Rejected<IssueToken.Receipt>(var reason) -> reason;
                };
            } catch (StaleWrite _) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<Object> atOnce(Callable<Object> one, Callable<Object> two) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Object> answers = new ArrayList<>();
            for (Future<Object> answer : threads.invokeAll(List.of(one, two))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
