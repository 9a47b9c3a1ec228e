package dev.gavel.runtime;

import java.time.Duration;
import java.time.Instant;

/// What became of requests with an `Idempotency-Key`, for 24 hours.
public interface IdempotencyRecords {

    /// Claims a key for the caller; of two claims at once exactly one gets `Claimed`. A claim whose lease
    /// ran out (its process died) can be claimed again by the same payload.
    ///
    /// @param scope who and what: the caller and the use case, so that keys of different people never meet
    /// @param payloadHash a digest of the request, to tell a repetition from another request with the same
    /// key
    Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease);

    /// Stores the answer of a claimed request.
    void complete(String scope, String key, StoredAnswer answer);

    /// Gives a claim back after trouble, so that the caller may try again.
    void release(String scope, String key);

    /// The answer a repetition gets.
    record StoredAnswer(int status, String contentType, byte[] body) {}

    /// What a claim found.
    sealed interface Claim {
        record Claimed() implements Claim {}

        record Running() implements Claim {}

        record OtherPayload() implements Claim {}

        record Answered(StoredAnswer answer) implements Claim {}
    }
}
