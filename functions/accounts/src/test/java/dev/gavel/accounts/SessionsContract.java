package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.kernel.Ids;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every `Sessions` does.
abstract class SessionsContract {

    // The real time, because DynamoDB removes what expired by its own clock.
    private static final Instant NOW =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plusNanos(123_456_789);
    private static final UserId ANNA = new UserId("usr_01JD0000000000000000000000");

    private final SecureRandom random = new SecureRandom();
    private final SessionToken token = SessionToken.first(Ids.secure(Clock.systemUTC()), random);
    private final Session started = Session.start(token, ANNA, NOW);

    abstract Sessions sessions();

    private Session next(String requestId) {
        Session.Use use = started.use(token, requestId, SessionToken.salt(random), NOW.plusSeconds(1));
        return ((Session.Use.Rotated) use).next();
    }

    @Test
    void aSessionIsFoundAsItWasStored() {
        sessions().start(started);
        assertThat(sessions().find(token.familyId())).contains(started);

        Session next = next("key");
        sessions().rotate(started, next);
        assertThat(sessions().find(token.familyId())).contains(next);
    }

    @Test
    void whatNeverStartedIsNotFound() {
        assertThat(sessions().find(token.familyId())).isEmpty();
    }

    @Test
    void aSessionRotatesFromTheCurrentGenerationOnly() {
        sessions().start(started);
        Session first = next("one");
        sessions().rotate(started, first);

        assertThatThrownBy(() -> sessions().rotate(started, next("two"))).isInstanceOf(StaleWrite.class);
        assertThat(sessions().find(token.familyId())).contains(first);
    }

    @Test
    void whatNeverStartedDoesNotRotate() {
        assertThatThrownBy(() -> sessions().rotate(started, next("one"))).isInstanceOf(StaleWrite.class);
        assertThat(sessions().find(token.familyId())).isEmpty();
    }

    @Test
    void ofTwoAtOnceOneRotates() throws Exception {
        sessions().start(started);
        List<Callable<Boolean>> rotations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Session next = next("key " + i);
            rotations.add(() -> {
                try {
                    sessions().rotate(started, next);
                    return true;
                } catch (StaleWrite _) {
                    return false;
                }
            });
        }

        int winners = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> won : threads.invokeAll(rotations)) {
                winners += won.get() ? 1 : 0;
            }
        }

        assertThat(winners).isEqualTo(1);
    }

    @Test
    void aRevokedSessionDoesNotRotateAndKeepsItsTime() {
        sessions().start(started);
        sessions().revoke(token.familyId(), NOW.plusSeconds(1));
        sessions().revoke(token.familyId(), NOW.plusSeconds(2));

        assertThatThrownBy(() -> sessions().rotate(started, next("key"))).isInstanceOf(StaleWrite.class);
        assertThat(sessions().find(token.familyId()).orElseThrow().revokedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void revokingWhatNeverStartedDoesNothing() {
        sessions().revoke(token.familyId(), NOW);

        assertThat(sessions().find(token.familyId())).isEmpty();
    }
}
