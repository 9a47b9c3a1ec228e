package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.runtime.IdempotencyRecords;
import dev.gavel.runtime.InMemoryIdempotencyRecords;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryIdempotencyRecordsTest extends IdempotencyRecordsContract {

    private final IdempotencyRecords records = new InMemoryIdempotencyRecords();

    @Override
    protected IdempotencyRecords records() {
        return records;
    }

    @Test
    void theContractFindsAStoreThatDoesNotComparePayloads() {
        var wrong = contract(new Wrong() {
            @Override
            public Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
                return super.claim(scope, key, "", now, lease);
            }
        });
        fails(wrong::anotherPayloadIsNoticedWhileTheFirstIsRunning);
        fails(wrong::anotherPayloadIsNoticedAfterTheAnswer);
        fails(wrong::anotherPayloadIsNoticedWhenTheLeaseRanOut);
    }

    @Test
    void theContractFindsAStoreThatIsNotAtomic() {
        var wrong = contract(new Wrong() {
            @Override
            public Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
                return new Claim.Claimed();
            }
        });
        fails(wrong::ofManyClaimsAtOnceExactlyOneGetsTheKey);
        fails(wrong::ofManyThatTakeOverAtOnceExactlyOneGetsTheKey);
        fails(wrong::aRepetitionWhileTheFirstIsRunningIsToldSo);
    }

    @Test
    void theContractFindsAStoreThatMixesScopesOrForgetsAnswers() {
        fails(contract(new Wrong() {
            @Override
            public Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
                return super.claim("", scope + "#" + key, payloadHash, now, lease);
            }
        })::keysOfDifferentScopesNeverMeet);
        var forgetful = contract(new Wrong() {
            @Override
            public void complete(String scope, String key, StoredAnswer answer) {}
        });
        fails(forgetful::aRepetitionGetsTheFirstAnswerByteForByte);
        fails(forgetful::anAnswerOutlivesTheLease);
        fails(forgetful::theFirstAnswerStays);
    }

    @Test
    void theContractFindsAStoreThatKeepsForEverOrNeverGivesBack() {
        fails(contract(new Wrong() {
            @Override
            public Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
                return super.claim(scope, key, payloadHash, Instant.EPOCH, Duration.ofDays(9));
            }
        })::aKeyIsForgottenAfterADay);
        fails(contract(new Wrong() {
            @Override
            public void release(String scope, String key) {}
        })::aReleasedKeyIsFreeForAnyPayload);
    }

    private static void fails(Runnable test) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(test::run);
    }

    private static IdempotencyRecordsContract contract(IdempotencyRecords records) {
        return new IdempotencyRecordsContract() {
            @Override
            protected IdempotencyRecords records() {
                return records;
            }
        };
    }

    /// A right store, for the wrong ones to spoil.
    private static class Wrong implements IdempotencyRecords {

        private final IdempotencyRecords right = new InMemoryIdempotencyRecords();

        @Override
        public Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
            return right.claim(scope, key, payloadHash, now, lease);
        }

        @Override
        public void complete(String scope, String key, StoredAnswer answer) {
            right.complete(scope, key, answer);
        }

        @Override
        public void release(String scope, String key) {
            right.release(scope, key);
        }
    }
}
