package dev.gavel.notifications;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Json;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.NoticeId;
import dev.gavel.notifications.Delivery.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Deliveries in the table `deliveries`:
///
/// | noticeId | channel | attributes                                                           |
/// |----------|---------|----------------------------------------------------------------------|
/// | ntc_…    | push    | writes, state (JSON), expiresAt, and while it waits dueShard, dueKey |
///
/// `dueKey` is when it is due, `#`, the id and the channel; the index `by-due` holds only what waits.
final class DynamoDeliveries implements Deliveries {

    /// One list takes 1,000 writes a second.
    private static final int SHARDS = 8;

    private static final Duration KEPT = Duration.ofDays(30);

    private final DynamoDbClient client;
    private final String table;

    DynamoDeliveries(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("deliveries");
    }

    @Override
    public Optional<Delivery> find(NoticeId notice, Channel channel) {
        Map<String, AttributeValue> key = Map.of("noticeId", s(notice.value()), "channel", s(channel.label()));
        return DynamoReads.item(client, table, key, "delivery of " + notice).map(DynamoDeliveries::delivery);
    }

    @Override
    public void save(Delivery next) {
        DynamoWrites.transact(client, List.of(write(next)), "delivery of " + next.noticeId());
    }

    /// The write of a next state, for a transaction.
    TransactWriteItem write(Delivery next) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("noticeId", s(next.noticeId().value()));
        item.put("channel", s(next.channel().label()));
        item.put("writes", n(next.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(next)));
        item.put("expiresAt", n(next.dueAt().plus(KEPT).getEpochSecond()));
        if (next.status() == Status.WAITING) {
            item.put(
                    "dueShard",
                    s(Integer.toString(Math.floorMod(next.noticeId().value().hashCode(), SHARDS))));
            item.put(
                    "dueKey",
                    s(sortable(next.dueAt()) + "#" + next.noticeId() + "#"
                            + next.channel().label()));
        }
        return next.writes() == 1 ? putNew(table, item, "noticeId") : putNext(table, item, "writes");
    }

    @Override
    public List<Delivery> due(Instant by, int limit) {
        // Behind every id that was due at that instant.
        String end = sortable(by) + "~";
        return IntStream.range(0, SHARDS)
                .boxed()
                .flatMap(shard -> due(shard, end, limit))
                .sorted(Comparator.comparing(Delivery::dueAt))
                .limit(limit)
                .toList();
    }

    private Stream<Delivery> due(int shard, String end, int limit) {
        return DynamoWrites.call(
                        "deliveries that are due",
                        () -> client.query(query -> query.tableName(table)
                                .indexName("by-due")
                                .limit(limit)
                                .keyConditionExpression("dueShard = :shard AND dueKey < :end")
                                .expressionAttributeValues(
                                        Map.of(":shard", s(Integer.toString(shard)), ":end", s(end)))))
                .items()
                .stream()
                .map(DynamoDeliveries::delivery);
    }

    private static Delivery delivery(Map<String, AttributeValue> item) {
        return Json.MAPPER.readValue(text(item, "state"), Delivery.class);
    }
}
