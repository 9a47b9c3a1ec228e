package dev.gavel.accounts;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.time;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Sessions in the table `sessions`, one item each; DynamoDB forgets them by itself when they are over for
/// good.
final class DynamoSessions implements Sessions {

    private static final String FAMILY_ID = "familyId"; // S
    private static final String USER_ID = "userId"; // S
    private static final String GENERATION = "generation"; // N
    private static final String TOKEN_HASH = "tokenHash"; // S
    private static final String PREVIOUS_HASH = "previousHash"; // S, from the second generation on
    private static final String REQUEST_HASH = "requestHash"; // S, likewise
    private static final String SALT = "salt"; // S, likewise
    private static final String STARTED_AT = "startedAt"; // S
    private static final String USED_AT = "usedAt"; // S
    private static final String REVOKED_AT = "revokedAt"; // S, once it is revoked
    private static final String EXPIRES_AT = "expiresAt"; // N, seconds of the epoch

    private final DynamoDbClient client;
    private final String table;

    DynamoSessions(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("sessions");
    }

    @Override
    public void start(Session session) {
        // Without a condition: the id is new, and a second try of the client after a lost answer must not
        // fail.
        DynamoWrites.call(
                "starting a session",
                () -> client.putItem(request -> request.tableName(table).item(item(session))));
    }

    @Override
    public Optional<Session> find(String familyId) {
        return DynamoReads.item(client, table, key(familyId), "reading a session")
                .map(DynamoSessions::session);
    }

    @Override
    public void rotate(Session from, Session to) {
        DynamoWrites.call(
                "session",
                () -> client.putItem(request -> request.tableName(table)
                        .item(item(to))
                        .conditionExpression("tokenHash = :from AND attribute_not_exists(revokedAt)")
                        .expressionAttributeValues(Map.of(":from", s(from.tokenHash())))));
    }

    @Override
    public void revoke(String familyId, Instant now) {
        DynamoWrites.call("revoking a session", () -> {
            try {
                client.updateItem(request -> request.tableName(table)
                        .key(key(familyId))
                        .updateExpression("SET revokedAt = :now")
                        .conditionExpression("attribute_exists(familyId) AND attribute_not_exists(revokedAt)")
                        .expressionAttributeValues(Map.of(":now", time(now))));
                return true;
            } catch (ConditionalCheckFailedException _) {
                return false;
            }
        });
    }

    private static Map<String, AttributeValue> key(String familyId) {
        return Map.of(FAMILY_ID, s(familyId));
    }

    private static Map<String, AttributeValue> item(Session session) {
        Map<String, AttributeValue> item = new HashMap<>(key(session.familyId()));
        item.put(USER_ID, s(session.userId().value()));
        item.put(GENERATION, n(session.generation()));
        item.put(TOKEN_HASH, s(session.tokenHash()));
        item.put(STARTED_AT, time(session.startedAt()));
        item.put(USED_AT, time(session.usedAt()));
        item.put(EXPIRES_AT, n(session.forgetAt().getEpochSecond()));
        Session.Rotation rotation = session.rotation();
        if (rotation != null) {
            item.put(PREVIOUS_HASH, s(rotation.previousHash()));
            item.put(REQUEST_HASH, s(rotation.requestHash()));
            item.put(SALT, s(rotation.salt()));
        }
        Instant revokedAt = session.revokedAt();
        if (revokedAt != null) {
            item.put(REVOKED_AT, time(revokedAt));
        }
        return item;
    }

    private static Session session(Map<String, AttributeValue> item) {
        return new Session(
                text(item, FAMILY_ID),
                new UserId(text(item, USER_ID)),
                number(item, GENERATION),
                text(item, TOKEN_HASH),
                item.containsKey(SALT)
                        ? new Session.Rotation(text(item, PREVIOUS_HASH), text(item, REQUEST_HASH), text(item, SALT))
                        : null,
                time(item, STARTED_AT),
                time(item, USED_AT),
                item.containsKey(REVOKED_AT) ? time(item, REVOKED_AT) : null);
    }
}
