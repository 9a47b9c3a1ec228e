package dev.gavel.accounts;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;

import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Tries in the table `sign-in-attempts`, one item for each bucket; a condition on their number keeps the
/// bound however many are made at once. DynamoDB forgets them by itself.
final class DynamoSignInAttempts implements SignInAttempts {

    // Further attributes: tries (SS, ids), endsAt (N, milliseconds), expiresAt (N, seconds).
    private static final String BUCKET = "bucket"; // S

    private final DynamoDbClient client;
    private final String table;

    DynamoSignInAttempts(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("sign-in-attempts");
    }

    @Override
    public boolean take(String bucket, String attempt, Instant now, int limit, Duration window) {
        Instant end = now.plus(window);
        // The third look is for one who began the window between our first look and our second.
        return count(bucket, attempt, now, limit)
                || begin(bucket, attempt, now, end)
                || count(bucket, attempt, now, limit);
    }

    private boolean count(String bucket, String attempt, Instant now, int limit) {
        return update(
                bucket,
                request -> request.updateExpression("ADD tries :attempt")
                        .conditionExpression("endsAt > :now"
                                + " AND (attribute_not_exists(tries) OR size(tries) < :limit OR contains(tries, :id))")
                        .expressionAttributeValues(Map.of(
                                ":attempt", set(attempt),
                                ":id", s(attempt),
                                ":now", n(now.toEpochMilli()),
                                ":limit", n(limit))));
    }

    private boolean begin(String bucket, String attempt, Instant now, Instant end) {
        return update(
                bucket,
                request -> request.updateExpression("SET tries = :attempt, endsAt = :end, expiresAt = :expiry")
                        .conditionExpression("attribute_not_exists(endsAt) OR endsAt <= :now")
                        .expressionAttributeValues(Map.of(
                                ":attempt", set(attempt),
                                ":now", n(now.toEpochMilli()),
                                ":end", n(end.toEpochMilli()),
                                ":expiry", n(end.getEpochSecond() + 1))));
    }

    @Override
    public void giveBack(String bucket, String attempt) {
        boolean _ = update(
                bucket,
                request -> request.updateExpression("DELETE tries :attempt")
                        .conditionExpression("attribute_exists(tries)")
                        .expressionAttributeValues(Map.of(":attempt", set(attempt))));
    }

    @Override
    public void clear(String bucket) {
        DynamoWrites.call(
                "clearing sign-in attempts",
                () -> client.deleteItem(request -> request.tableName(table).key(key(bucket))));
    }

    private boolean update(String bucket, Consumer<UpdateItemRequest.Builder> change) {
        return DynamoWrites.call("counting sign-in attempts", () -> {
            try {
                client.updateItem(request -> {
                    request.tableName(table).key(key(bucket));
                    change.accept(request);
                });
                return true;
            } catch (ConditionalCheckFailedException _) {
                return false;
            }
        });
    }

    private static AttributeValue set(String attempt) {
        return AttributeValue.fromSs(List.of(attempt));
    }

    private static Map<String, AttributeValue> key(String bucket) {
        return Map.of(BUCKET, s(bucket));
    }
}
