package dev.gavel.catalog;

import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Pictures in the table `shown-pictures`:
///
/// | id                | attributes                                             |
/// |-------------------|--------------------------------------------------------|
/// | p/… (the key)     | ownerId, pictureId: the upload it was shown for last   |
final class DynamoShownPictures implements ShownPictures {

    private final DynamoDbClient client;
    private final String table;

    DynamoShownPictures(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("shown-pictures");
    }

    @Override
    public void add(String key, PictureId id, UserId owner) {
        Map<String, AttributeValue> item =
                Map.of("id", s(key), "ownerId", s(owner.value()), "pictureId", s(id.value()));
        DynamoWrites.call(
                "picture " + id,
                () -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public void remove(String key, PictureId id) {
        DynamoWrites.call("picture " + id, () -> {
            try {
                return client.deleteItem(delete -> delete.tableName(table)
                        .key(Map.of("id", s(key)))
                        .conditionExpression("pictureId = :id")
                        .expressionAttributeValues(Map.of(":id", s(id.value()))));
            } catch (ConditionalCheckFailedException another) {
                return another;
            }
        });
    }

    @Override
    public List<String> unknown(UserId owner, List<String> keys) {
        List<Map<String, AttributeValue>> asked = keys.stream()
                .filter(key -> !key.startsWith(OURS))
                .map(key -> Map.of("id", s(key)))
                .toList();
        Set<String> known = new HashSet<>();
        if (!asked.isEmpty()) {
            DynamoReads.items(client, table, asked, "pictures").stream()
                    .filter(item -> text(item, "ownerId").equals(owner.value()))
                    .forEach(item -> known.add(text(item, "id")));
        }
        return keys.stream()
                .filter(key -> !key.startsWith(OURS) && !known.contains(key))
                .toList();
    }
}
