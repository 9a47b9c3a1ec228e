package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.padded;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.time;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.JsonStreams;
import dev.gavel.events.MarketEvent;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How a fact lies in the outbox. Its key follows from the fact alone, so that it can be removed without
/// being read.
final class OutboxRow {

    static final int SHARDS = 8;
    static final String SHARD = "shard"; // S (hash key): context, '#', 0 to 7 by subject
    static final String ID = "id"; // S (range key): time, '#', subject, '#', sequence
    static final String SUBJECT = "subject"; // S
    static final String SEQUENCE = "sequence"; // N
    static final String TIME = "time"; // S
    static final String SOURCE = "source"; // S
    static final String TYPE = "type"; // S
    static final String DATA = "data"; // S, JSON

    private OutboxRow() {}

    static String shard(String context, int number) {
        return context + "#" + number;
    }

    static Map<String, AttributeValue> key(String context, Fact<?> fact) {
        String id = sortable(fact.time()) + "#" + fact.subject() + "#" + padded(fact.sequence(), 19);
        int number = Math.floorMod(fact.subject().hashCode(), SHARDS);
        return Map.of(SHARD, s(shard(context, number)), ID, s(id));
    }

    static Map<String, AttributeValue> key(Map<String, AttributeValue> row) {
        return Map.of(SHARD, s(text(row, SHARD)), ID, s(text(row, ID)));
    }

    static Map<String, AttributeValue> of(String context, Fact<?> fact) {
        Map<String, AttributeValue> key = key(context, fact);
        return Map.of(
                SHARD, s(text(key, SHARD)),
                ID, s(text(key, ID)),
                SUBJECT, s(fact.subject()),
                SEQUENCE, n(fact.sequence()),
                TIME, s(fact.time().toString()),
                SOURCE, s(fact.source()),
                TYPE, s(fact.type()),
                DATA, s(JsonStreams.text(fact.data())));
    }

    /// @throws RuntimeException when the row is of a type this version does not know, or damaged
    static Fact<?> fact(Map<String, AttributeValue> row) {
        String type = text(row, TYPE);
        Class<? extends MarketEvent> event = EventCatalog.event(type)
                .orElseThrow(() -> new IllegalStateException("no event of this version has the type " + type));
        MarketEvent data = Json.MAPPER.readValue(text(row, DATA), event);
        return new Fact<>(text(row, SOURCE), number(row, SEQUENCE), time(row, TIME), data);
    }

    /// When the fact of a row happened, read from its key and thus also when the rest is damaged.
    static Instant since(Map<String, AttributeValue> row) {
        String id = text(row, ID);
        return Instant.parse(id.substring(0, id.indexOf('#')));
    }
}
