package dev.gavel.media;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import dev.gavel.media.Picture.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// Pictures in the table `pictures`:
///
/// | id    | attributes                                                              |
/// |-------|-------------------------------------------------------------------------|
/// | pic_… | writes, state (JSON), ownerId, and `has`: `expected` or the key shown   |
///
/// The index `by-owner` carries keys only and holds what is expected and what is shown. `expiresAt` is
/// set while a picture is expected.
final class DynamoPictures implements Pictures {

    private static final String EXPECTED = "expected";
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;

    DynamoPictures(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("pictures");
    }

    @Override
    public void save(Picture next, List<Fact<?>> facts) {
        var put = next.writes() == 1 ? putNew(table, item(next), "id") : putNext(table, item(next), "writes");
        outbox.commit(List.of(put), facts, "picture " + next.pictureId());
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Optional<Picture> find(PictureId id) {
        return DynamoReads.item(client, table, key(id), "picture " + id)
                .map(item -> Json.MAPPER.readValue(text(item, "state"), Picture.class));
    }

    @Override
    public int expected(UserId owner, int limit) {
        return having(owner, EXPECTED, limit).count();
    }

    @Override
    public boolean isShownElsewhere(Picture picture) {
        String key = picture.key();
        return key != null
                && having(picture.ownerId(), key, 2).items().stream()
                        .anyMatch(item ->
                                !text(item, "id").equals(picture.pictureId().value()));
    }

    private QueryResponse having(UserId owner, String what, int limit) {
        return DynamoWrites.call(
                "pictures of " + owner,
                () -> client.query(query -> query.tableName(table)
                        .indexName("by-owner")
                        .limit(limit)
                        .keyConditionExpression("ownerId = :owner AND has = :what")
                        .expressionAttributeValues(Map.of(":owner", s(owner.value()), ":what", s(what)))));
    }

    private static Map<String, AttributeValue> item(Picture picture) {
        Map<String, AttributeValue> item = new HashMap<>(key(picture.pictureId()));
        item.put("writes", n(picture.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(picture)));
        String key = picture.key();
        if (picture.status() == Status.EXPECTED) {
            item.put("has", s(EXPECTED));
            item.put("expiresAt", n(picture.requestedAt().plus(FORGOTTEN).getEpochSecond()));
        } else if (picture.status() == Status.READY && key != null) {
            item.put("has", s(key));
        }
        item.put("ownerId", s(picture.ownerId().value()));
        return item;
    }

    private static Map<String, AttributeValue> key(PictureId id) {
        return Map.of("id", s(id.value()));
    }
}
