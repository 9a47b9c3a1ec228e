package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.textIfAny;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// Rows that one of many processes claims, works on under a lease and marks as done. DynamoDB removes
/// what has expired only hours later, so that every condition asks for the time itself.
final class DynamoClaims {

    private static final String ID = "id"; // S (hash key)
    private static final String CLAIM = "claim"; // S, who holds it: one text for each try
    private static final String PAYLOAD = "payload"; // S, what was claimed with it
    private static final String LEASE_UNTIL = "leaseUntil"; // N, milliseconds
    private static final String EXPIRES_AT = "expiresAt"; // N, seconds; the table's time to live
    private static final String DONE = "done"; // BOOL, there when the work is done

    private static final String MAY_CLAIM = "attribute_not_exists(id) OR expiresAt <= :seconds"
            + " OR (attribute_not_exists(done) AND leaseUntil <= :millis AND payload = :payload)";
    private static final String MAY_FINISH = "attribute_exists(id) AND attribute_not_exists(done)";
    private static final String MAY_RELEASE = "attribute_not_exists(done) AND begins_with(claim, :owner)";

    private final DynamoDbClient client;
    private final String table;
    private final Duration kept;
    private final String owner = UUID.randomUUID() + "/";
    private final AtomicLong tries = new AtomicLong();

    DynamoClaims(DynamoDbClient client, String table, Duration kept) {
        this.client = client;
        this.table = table;
        this.kept = kept;
    }

    /// A key made of several parts such that different parts never make the same key.
    static String id(String... parts) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < parts.length - 1; i++) {
            id.append(parts[i].length()).append('#').append(parts[i]).append('#');
        }
        return id.append(parts[parts.length - 1]).toString();
    }

    /// Claims a row, or gives what is there instead.
    Optional<Map<String, AttributeValue>> claim(String id, String payload, Instant now, Duration lease) {
        String claim = owner + tries.incrementAndGet();
        PutItemRequest request = PutItemRequest.builder()
                .tableName(table)
                .item(Map.of(
                        ID, s(id),
                        CLAIM, s(claim),
                        PAYLOAD, s(payload),
                        LEASE_UNTIL, n(now.plus(lease).toEpochMilli()),
                        EXPIRES_AT, n(now.plus(kept).getEpochSecond())))
                .conditionExpression(MAY_CLAIM)
                .expressionAttributeValues(Map.of(
                        ":seconds", n(now.getEpochSecond()),
                        ":millis", n(now.toEpochMilli()),
                        ":payload", s(payload)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return DynamoWrites.call("claiming " + id, () -> {
            try {
                client.putItem(request);
                return Optional.empty();
            } catch (ConditionalCheckFailedException taken) {
                Map<String, AttributeValue> there = taken.item();
                // The client repeats a put whose answer was lost; then it was we who took it.
                return text(there, CLAIM).equals(claim) ? Optional.empty() : Optional.of(there);
            }
        });
    }

    /// Marks the row as done with what came of it. The first result stays: one that comes after another
    /// process took over and finished changes nothing.
    void finish(String id, Map<String, AttributeValue> result) {
        StringBuilder set = new StringBuilder("SET done = :done");
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":done", DynamoItems.bool(true)));
        Map<String, String> names = new HashMap<>();
        result.forEach((name, value) -> {
            set.append(", #").append(name).append(" = :").append(name);
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        unlessChanged(
                "finishing " + id,
                () -> client.updateItem(request -> request.tableName(table)
                        .key(Map.of(ID, s(id)))
                        .updateExpression(set.toString())
                        .conditionExpression(MAY_FINISH)
                        .expressionAttributeNames(names.isEmpty() ? null : names)
                        .expressionAttributeValues(values)));
    }

    /// Removes the row if this process claimed it and it is not done.
    void release(String id) {
        unlessChanged(
                "releasing " + id,
                () -> client.deleteItem(request -> request.tableName(table)
                        .key(Map.of(ID, s(id)))
                        .conditionExpression(MAY_RELEASE)
                        .expressionAttributeValues(Map.of(":owner", s(owner)))));
    }

    static boolean done(Map<String, AttributeValue> row) {
        return row.containsKey(DONE);
    }

    static boolean claimedWith(Map<String, AttributeValue> row, String payload) {
        return textIfAny(row, PAYLOAD).filter(payload::equals).isPresent();
    }

    private static void unlessChanged(String what, Runnable write) {
        DynamoWrites.call(what, () -> {
            try {
                write.run();
                return true;
            } catch (ConditionalCheckFailedException _) {
                return false;
            }
        });
    }
}
