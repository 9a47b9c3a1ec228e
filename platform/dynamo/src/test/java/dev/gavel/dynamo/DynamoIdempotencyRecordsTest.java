package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.runtime.IdempotencyRecords;
import dev.gavel.runtime.IdempotencyRecords.Claim;
import dev.gavel.runtime.IdempotencyRecords.StoredAnswer;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.IdempotencyRecordsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoIdempotencyRecordsTest extends IdempotencyRecordsContract {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoTables tables = DynamoTables.of(settings);
    static final DynamoDbClient client = DynamoClients.of(settings);

    private final IdempotencyRecords records = new DynamoIdempotencyRecords(client, tables);
    private final Instant now = Instant.now();
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void tables() {
        tables.create(client, "idempotency");
    }

    @Override
    protected IdempotencyRecords records() {
        return records;
    }

    @Test
    void aClaimWhoseAnswerWasLostOnTheWayIsStillOurs() {
        var losesFirst = new LostAnswer();
        try (var flaky = DynamoClients.of(settings, more -> more.addExecutionInterceptor(losesFirst))) {
            var unlucky = new DynamoIdempotencyRecords(flaky, tables);
            assertThat(unlucky.claim("scope", key, "a", now, LEASE)).isEqualTo(new Claim.Claimed());
            assertThat(losesFirst.sent()).isEqualTo(2);
            assertThat(records.claim("scope", key, "a", now, LEASE)).isEqualTo(new Claim.Running());
        }
    }

    @Test
    void anotherProcessCannotReleaseAClaim() {
        records.claim("scope", key, "a", now, LEASE);
        new DynamoIdempotencyRecords(client, tables).release("scope", key);
        assertThat(records.claim("scope", key, "a", now, LEASE)).isEqualTo(new Claim.Running());
    }

    @Test
    void completingWhatNobodyClaimedLeavesNoRowThatWouldNeverExpire() {
        records.complete("scope", key, new StoredAnswer(200, "text/plain", new byte[0]));
        assertThat(row()).isEmpty();
    }

    @Test
    void aRowThatExpiredButIsStillThereCountsAsGone() {
        // In the future by the clock of DynamoDB, which would remove it otherwise, and in the past by the
        // caller's.
        records.claim("scope", key, "a", now, LEASE);
        records.complete("scope", key, new StoredAnswer(200, "text/plain", new byte[0]));
        Instant later = now.plus(Duration.ofHours(25));
        assertThat(row())
                .containsEntry("expiresAt", n(now.plus(Duration.ofHours(24)).getEpochSecond()));
        assertThat(records.claim("scope", key, "b", later, LEASE)).isEqualTo(new Claim.Claimed());
        assertThat(row())
                .containsEntry("expiresAt", n(later.plus(Duration.ofHours(24)).getEpochSecond()));
    }

    @Test
    void anAnswerThatNoRowCanTakeIsRefusedWithTheLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> records.complete("scope", key, new StoredAnswer(200, "text/plain", new byte[400_000])))
                .withMessageContaining("307200");
    }

    private Map<String, AttributeValue> row() {
        return client.getItem(request -> request.tableName(tables.name("idempotency"))
                        .key(Map.of("id", s(DynamoClaims.id("scope", key))))
                        .consistentRead(true))
                .item();
    }
}
