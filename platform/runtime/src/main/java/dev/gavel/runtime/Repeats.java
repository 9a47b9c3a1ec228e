package dev.gavel.runtime;

import dev.gavel.events.Json;
import dev.gavel.kernel.Caller;
import dev.gavel.runtime.IdempotencyRecords.Claim;
import dev.gavel.runtime.IdempotencyRecords.StoredAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;

/// Gives a repeated POST its first answer, from the idempotency records.
final class Repeats {

    /// Made when first needed.
    private static final class Canonical {

        static final ObjectWriter JSON = Json.MAPPER.writer(JsonNodeFeature.WRITE_PROPERTIES_SORTED);
    }

    private final Supplier<IdempotencyRecords> records;
    private final Clock clock;
    private final Duration lease;
    private final Meters meters;
    private final Log log;

    Repeats(Supplier<IdempotencyRecords> records, Clock clock, Duration lease, Meters meters, Log log) {
        this.records = records;
        this.clock = clock;
        this.lease = lease;
        this.meters = meters;
        this.log = log;
    }

    /// @throws Refused with 400 when a POST has no usable key
    static void check(@Nullable String key) {
        if (key == null) {
            throw new Refused(Problem.of(
                    400,
                    "idempotency-key-missing",
                    "Send an `Idempotency-Key` header, a new one for every new request and the same one to repeat it.",
                    Meters.Result.INVALID));
        }
        if (!Exchange.visible(key)) {
            throw new Refused(Problem.of(
                    400,
                    "idempotency-key-malformed",
                    "An `Idempotency-Key` is 1 to 128 visible ASCII characters: send, for example, a UUID.",
                    Meters.Result.INVALID));
        }
    }

    /// The answer to a key: the stored one, or what the work comes to, which is then stored.
    Answer answer(Caller caller, Exchange exchange, String useCase, String key, byte[] body, Supplier<Answer> work) {
        String scope = name(caller) + "/" + useCase;
        IdempotencyRecords stored = records.get();
        return switch (stored.claim(scope, key, digest(exchange, body), clock.instant(), lease)) {
            case Claim.Answered(StoredAnswer answer) -> {
                meters.count(Meters.Event.KEY_REPLAYED);
                yield new Answer(
                                answer.status(),
                                answer.contentType().isEmpty() ? null : answer.contentType(),
                                answer.body(),
                                Answer.NO_STORE,
                                java.util.Map.of(),
                                Meters.Result.REPEATED)
                        .with("idempotency-replayed", "true");
            }
            case Claim.Running() -> {
                meters.count(Meters.Event.KEY_RUNNING);
                yield Problem.of(
                                409,
                                "request-still-running",
                                "The first request with this `Idempotency-Key` is still running: repeat it later.",
                                Meters.Result.CONFLICT)
                        .with("retry-after", "1");
            }
            case Claim.OtherPayload() -> {
                meters.count(Meters.Event.KEY_OTHER_PAYLOAD);
                yield Problem.of(
                        422,
                        "idempotency-key-reused",
                        "This `Idempotency-Key` belongs to another request: send a new key for a new request.",
                        Meters.Result.INVALID);
            }
            case Claim.Claimed() -> {
                meters.count(Meters.Event.KEY_CLAIMED);
                yield first(stored, scope, key, work);
            }
        };
    }

    private Answer first(IdempotencyRecords stored, String scope, String key, Supplier<Answer> work) {
        Answer answer;
        try {
            answer = work.get();
        } catch (Throwable trouble) {
            quietly("release", () -> stored.release(scope, key));
            throw trouble;
        }
        String contentType = answer.contentType() == null ? "" : answer.contentType();
        // The work is done: an answer that cannot be stored is still the true one.
        quietly(
                "store",
                () -> stored.complete(scope, key, new StoredAnswer(answer.status(), contentType, answer.body())));
        return answer;
    }

    private void quietly(String what, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            log.line(Level.WARNING, "cannot " + what + " the claim on an idempotency key", e);
        }
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous() -> "anonymous";
            case Caller.User(var id, var _) -> id.value();
            case Caller.Platform(String source) -> source;
        };
    }

    private static String digest(Exchange exchange, byte[] body) {
        String query = exchange.query();
        String head = exchange.method() + "\n" + exchange.path() + "\n" + (query == null ? "" : query) + "\n";
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(head.getBytes(StandardCharsets.UTF_8));
            if (body.length > 0) {
                sha.update(Canonical.JSON.writeValueAsBytes(Json.MAPPER.readTree(body)));
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
