package dev.gavel.accounts;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.time;

import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Signing keys in the table `signing-keys`, all in one ring. The generation is part of the key, so that of
/// two who want to add the same one only the first can.
final class DynamoSigningKeys implements SigningKeys {

    private static final String RING = "ring"; // S
    private static final String GENERATION = "generation"; // N
    private static final String KID = "kid"; // S
    private static final String SIGNS_FROM = "signsFrom"; // S
    private static final String PUBLIC_JWK = "publicJwk"; // S
    private static final String SEALED_PRIVATE_KEY = "sealedPrivateKey"; // S
    private static final AttributeValue ACCESS_TOKENS = s("access-tokens");

    private final DynamoDbClient client;
    private final String table;

    DynamoSigningKeys(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("signing-keys");
    }

    @Override
    public KeyRing ring() {
        // There are never more than a few keys: they fit in one page by far.
        return DynamoWrites.call(
                "reading the signing keys",
                () -> new KeyRing(client
                        .query(request -> request.tableName(table)
                                .keyConditionExpression("ring = :ring")
                                .expressionAttributeValues(Map.of(":ring", ACCESS_TOKENS))
                                .consistentRead(true))
                        .items()
                        .stream()
                        .map(DynamoSigningKeys::signingKey)
                        .toList()));
    }

    @Override
    public boolean add(SigningKey key) {
        return DynamoWrites.call("adding a signing key", () -> {
            try {
                client.putItem(request ->
                        request.tableName(table).item(item(key)).conditionExpression("attribute_not_exists(ring)"));
                return true;
            } catch (ConditionalCheckFailedException _) {
                return false;
            }
        });
    }

    @Override
    public void remove(SigningKey key) {
        DynamoWrites.call(
                "removing a signing key",
                () -> client.deleteItem(request ->
                        request.tableName(table).key(Map.of(RING, ACCESS_TOKENS, GENERATION, n(key.generation())))));
    }

    private static Map<String, AttributeValue> item(SigningKey key) {
        return Map.of(
                RING, ACCESS_TOKENS,
                GENERATION, n(key.generation()),
                KID, s(key.kid()),
                SIGNS_FROM, time(key.signsFrom()),
                PUBLIC_JWK, s(key.publicJwk()),
                SEALED_PRIVATE_KEY, s(key.sealedPrivateKey()));
    }

    private static SigningKey signingKey(Map<String, AttributeValue> item) {
        return new SigningKey(
                number(item, GENERATION),
                text(item, KID),
                time(item, SIGNS_FROM),
                text(item, PUBLIC_JWK),
                text(item, SEALED_PRIVATE_KEY));
    }
}
