package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.runtime.IdempotencyRecords;
import dev.gavel.runtime.IdempotencyRecords.Claim;
import dev.gavel.runtime.IdempotencyRecords.StoredAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every store of idempotency records has to do: extend it and give it one.
public abstract class IdempotencyRecordsContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final StoredAnswer ANSWER =
            new StoredAnswer(201, "application/json", "{\"title\":\"의자\"}".getBytes(StandardCharsets.UTF_8));

    // Real time, because a real store may remove by its own clock what has expired.
    private final Instant now = Instant.now();
    private final String scope = "usr-" + UUID.randomUUID() + " place-bid";

    /// The store under test; it may be the same for all tests, which use scopes of their own.
    protected abstract IdempotencyRecords records();

    @Test
    public void theFirstClaimGetsTheKey() {
        assertThat(claim("k", "a")).isEqualTo(new Claim.Claimed());
    }

    @Test
    public void aRepetitionWhileTheFirstIsRunningIsToldSo() {
        claim("k", "a");
        assertThat(claim("k", "a")).isEqualTo(new Claim.Running());
    }

    @Test
    public void aRepetitionGetsTheFirstAnswerByteForByte() {
        claim("k", "a");
        records().complete(scope, "k", ANSWER);
        assertAnswered(claim("k", "a"), ANSWER);
    }

    @Test
    public void anAnswerMayBeEmpty() {
        claim("k", "a");
        StoredAnswer empty = new StoredAnswer(202, "application/json", new byte[0]);
        records().complete(scope, "k", empty);
        assertAnswered(claim("k", "a"), empty);
    }

    @Test
    public void anotherPayloadIsNoticedWhileTheFirstIsRunning() {
        claim("k", "a");
        assertThat(claim("k", "b")).isEqualTo(new Claim.OtherPayload());
    }

    @Test
    public void anotherPayloadIsNoticedAfterTheAnswer() {
        claim("k", "a");
        records().complete(scope, "k", ANSWER);
        assertThat(claim("k", "b")).isEqualTo(new Claim.OtherPayload());
    }

    @Test
    public void anotherPayloadIsNoticedWhenTheLeaseRanOut() {
        claim("k", "a");
        assertThat(records().claim(scope, "k", "b", now.plus(LEASE), LEASE)).isEqualTo(new Claim.OtherPayload());
    }

    @Test
    public void theSamePayloadTakesOverWhenTheLeaseRanOut() {
        claim("k", "a");
        Instant later = now.plus(LEASE);
        assertThat(records().claim(scope, "k", "a", later.minusMillis(1), LEASE))
                .isEqualTo(new Claim.Running());
        assertThat(records().claim(scope, "k", "a", later, LEASE)).isEqualTo(new Claim.Claimed());
        assertThat(records().claim(scope, "k", "a", later, LEASE)).isEqualTo(new Claim.Running());
    }

    @Test
    public void anAnswerOutlivesTheLease() {
        claim("k", "a");
        records().complete(scope, "k", ANSWER);
        assertAnswered(records().claim(scope, "k", "a", now.plus(LEASE).plusSeconds(1), LEASE), ANSWER);
    }

    @Test
    public void aReleasedKeyIsFreeForAnyPayload() {
        claim("k", "a");
        records().release(scope, "k");
        assertThat(claim("k", "b")).isEqualTo(new Claim.Claimed());
    }

    @Test
    public void theFirstAnswerStays() {
        claim("k", "a");
        records().complete(scope, "k", ANSWER);
        records().complete(scope, "k", new StoredAnswer(500, "text/plain", new byte[] {1}));
        records().release(scope, "k");
        assertAnswered(claim("k", "a"), ANSWER);
    }

    @Test
    public void aKeyIsForgottenAfterADay() {
        claim("k", "a");
        records().complete(scope, "k", ANSWER);
        Instant nearlyADayLater = now.plus(Duration.ofHours(24)).minusSeconds(5);
        assertAnswered(records().claim(scope, "k", "a", nearlyADayLater, LEASE), ANSWER);
        Instant aDayLater = now.plus(Duration.ofHours(24)).plusSeconds(5);
        assertThat(records().claim(scope, "k", "b", aDayLater, LEASE)).isEqualTo(new Claim.Claimed());
    }

    @Test
    public void keysOfDifferentScopesNeverMeet() {
        assertThat(records().claim(scope + "#x", "y", "a", now, LEASE)).isEqualTo(new Claim.Claimed());
        assertThat(records().claim(scope, "x#y", "b", now, LEASE)).isEqualTo(new Claim.Claimed());
        assertThat(records().claim(scope, "y", "c", now, LEASE)).isEqualTo(new Claim.Claimed());
    }

    @Test
    public void ofManyClaimsAtOnceExactlyOneGetsTheKey() {
        assertThat(Race.of(16, _ -> claim("k", "a")))
                .filteredOn(new Claim.Claimed()::equals)
                .hasSize(1);
    }

    @Test
    public void ofManyThatTakeOverAtOnceExactlyOneGetsTheKey() {
        claim("k", "a");
        assertThat(Race.of(16, _ -> records().claim(scope, "k", "a", now.plus(LEASE), LEASE)))
                .filteredOn(new Claim.Claimed()::equals)
                .hasSize(1);
    }

    private Claim claim(String key, String payload) {
        return records().claim(scope, key, payload, now, LEASE);
    }

    private static void assertAnswered(Claim claim, StoredAnswer expected) {
        assertThat(claim).isInstanceOfSatisfying(Claim.Answered.class, answered -> {
            assertThat(answered.answer().status()).isEqualTo(expected.status());
            assertThat(answered.answer().contentType()).isEqualTo(expected.contentType());
            assertThat(answered.answer().body()).isEqualTo(expected.body());
        });
    }
}
