package dev.gavel.notifications;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Json;
import dev.gavel.kernel.UserId;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Readers in the table `readers`: userId, writes, state (JSON).
final class DynamoReaders implements Readers {

    private final DynamoDbClient client;
    private final String table;

    DynamoReaders(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("readers");
    }

    @Override
    public Reader find(UserId id) {
        return DynamoReads.item(client, table, Map.of("userId", s(id.value())), "reader " + id)
                .map(item -> Json.MAPPER.readValue(text(item, "state"), Reader.class))
                .orElseGet(() -> Reader.unknown(id));
    }

    @Override
    public void save(Reader next) {
        Map<String, AttributeValue> item = Map.of(
                "userId", s(next.userId().value()),
                "writes", n(next.writes()),
                "state", s(Json.MAPPER.writeValueAsString(next)));
        DynamoWrites.transact(
                client,
                List.of(next.writes() == 1 ? putNew(table, item, "userId") : putNext(table, item, "writes")),
                "reader " + next.userId());
    }
}
