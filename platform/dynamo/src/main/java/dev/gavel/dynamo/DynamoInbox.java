package dev.gavel.dynamo;

import dev.gavel.runtime.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The events handled, in the table `inbox`, kept for 40 days: a Broker may deliver an event as late as 7 days after
/// it was published, and an operator may redeliver it for 30 days after that.
public final class DynamoInbox implements Inbox {

    private static final Duration KEPT = Duration.ofDays(40);

    private final DynamoClaims claims;

    public DynamoInbox(DynamoDbClient client, DynamoTables tables) {
        this.claims = new DynamoClaims(client, tables.name("inbox"), KEPT);
    }

    @Override
    public Claim claim(String useCase, String source, String id, Instant now, Duration lease) {
        return claims.claim(DynamoClaims.id(useCase, source, id), "", now, lease)
                .map(row -> DynamoClaims.done(row) ? Claim.HANDLED : Claim.RUNNING)
                .orElse(Claim.CLAIMED);
    }

    @Override
    public void handled(String useCase, String source, String id) {
        claims.finish(DynamoClaims.id(useCase, source, id), Map.of());
    }

    @Override
    public void release(String useCase, String source, String id) {
        claims.release(DynamoClaims.id(useCase, source, id));
    }
}
