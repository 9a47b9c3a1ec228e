package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.b;
import static dev.gavel.dynamo.DynamoItems.bytes;
import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;

import dev.gavel.runtime.IdempotencyRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The answers to requests with an `Idempotency-Key` in the table `idempotency`, kept for 24 hours after
/// the request.
public final class DynamoIdempotencyRecords implements IdempotencyRecords {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int BODY_LIMIT = 300 * 1024;
    private static final String STATUS = "status"; // N
    private static final String CONTENT_TYPE = "contentType"; // S
    private static final String BODY = "body"; // B

    private final DynamoClaims claims;

    public DynamoIdempotencyRecords(DynamoDbClient client, DynamoTables tables) {
        this.claims = new DynamoClaims(client, tables.name("idempotency"), KEPT);
    }

    @Override
    public Claim claim(String scope, String key, String payloadHash, Instant now, Duration lease) {
        return claims.claim(DynamoClaims.id(scope, key), payloadHash, now, lease)
                .<Claim>map(row -> found(row, payloadHash))
                .orElseGet(Claim.Claimed::new);
    }

    /// @throws IllegalArgumentException when the body has more than 300 KiB, which no row can take
    @Override
    public void complete(String scope, String key, StoredAnswer answer) {
        if (answer.body().length > BODY_LIMIT) {
            throw new IllegalArgumentException("an answer to a request with an Idempotency-Key can have at most "
                    + BODY_LIMIT + " bytes, this has " + answer.body().length);
        }
        claims.finish(
                DynamoClaims.id(scope, key),
                Map.of(
                        STATUS, n(answer.status()),
                        CONTENT_TYPE, s(answer.contentType()),
                        BODY, b(answer.body())));
    }

    @Override
    public void release(String scope, String key) {
        claims.release(DynamoClaims.id(scope, key));
    }

    /// The payload is compared whatever state the row is in.
    private static Claim found(Map<String, AttributeValue> row, String payloadHash) {
        if (!DynamoClaims.claimedWith(row, payloadHash)) {
            return new Claim.OtherPayload();
        }
        return DynamoClaims.done(row)
                ? new Claim.Answered(
                        new StoredAnswer((int) number(row, STATUS), text(row, CONTENT_TYPE), bytes(row, BODY)))
                : new Claim.Running();
    }
}
