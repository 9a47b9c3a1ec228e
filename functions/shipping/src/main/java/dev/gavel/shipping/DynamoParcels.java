package dev.gavel.shipping;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.ParcelId;
import dev.gavel.shipping.Parcel.Patience;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// Parcels in the table `parcels`:
///
/// | id    | attributes                                                                              |
/// |-------|-----------------------------------------------------------------------------------------|
/// | par_… | writes, state (JSON), waybill, and while its carrier is asked: dueShard, dueAt (time#id) |
///
/// Both indexes carry keys only; `by-due` holds only those whose carrier is asked some day.
final class DynamoParcels implements Parcels {

    private static final int SHARDS = 4;
    private static final int MOST_OF_ONE_NUMBER = 20;

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;

    DynamoParcels(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("parcels");
    }

    @Override
    public void save(Parcel next, List<Fact<?>> facts) {
        var put = next.writes() == 1 ? putNew(table, item(next), "id") : putNext(table, item(next), "writes");
        outbox.commit(List.of(put), facts, "parcel " + next.parcelId());
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Optional<Parcel> find(ParcelId id) {
        return DynamoReads.item(client, table, key(id), "parcel " + id)
                .map(item -> Json.MAPPER.readValue(text(item, "state"), Parcel.class));
    }

    @Override
    public List<ParcelId> of(Waybill waybill) {
        QueryResponse found = DynamoWrites.call(
                "parcels of a number",
                () -> client.query(query -> query.tableName(table)
                        .indexName("by-number")
                        .limit(MOST_OF_ONE_NUMBER)
                        .keyConditionExpression("waybill = :waybill")
                        .expressionAttributeValues(Map.of(":waybill", s(waybill.toString())))));
        return ids(found);
    }

    @Override
    public List<ParcelId> due(Instant by, int limit) {
        // The first character after the separator, so that the whole instant counts.
        String until = sortable(by) + "$";
        return IntStream.range(0, SHARDS)
                .mapToObj(shard -> due(shard, until, limit))
                .flatMap(found -> found.items().stream())
                .sorted(Comparator.comparing(item -> text(item, "dueAt")))
                .limit(limit)
                .map(item -> new ParcelId(text(item, "id")))
                .toList();
    }

    private QueryResponse due(int shard, String until, int limit) {
        return DynamoWrites.call(
                "parcels to ask for",
                () -> client.query(query -> query.tableName(table)
                        .indexName("by-due")
                        .limit(limit)
                        .keyConditionExpression("dueShard = :shard AND dueAt < :until")
                        .expressionAttributeValues(Map.of(":shard", s("due#" + shard), ":until", s(until)))));
    }

    private static List<ParcelId> ids(QueryResponse found) {
        return found.items().stream()
                .map(item -> new ParcelId(text(item, "id")))
                .toList();
    }

    private static Map<String, AttributeValue> item(Parcel parcel) {
        Map<String, AttributeValue> item = new HashMap<>(key(parcel.parcelId()));
        item.put("writes", n(parcel.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(parcel)));
        item.put("waybill", s(parcel.waybill().toString()));
        Patience patience = parcel.patience();
        if (patience != null) {
            int shard = Math.floorMod(parcel.parcelId().value().hashCode(), SHARDS);
            item.put("dueShard", s("due#" + shard));
            item.put("dueAt", s(sortable(patience.next()) + "#" + parcel.parcelId()));
        }
        return item;
    }

    private static Map<String, AttributeValue> key(ParcelId id) {
        return Map.of("id", s(id.value()));
    }
}
