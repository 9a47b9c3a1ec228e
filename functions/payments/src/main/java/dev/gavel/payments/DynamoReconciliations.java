package dev.gavel.payments;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The reconciliation as one item of the table `ledger`, beside the journals: key `reconciliation` and `state`,
/// attributes writes and state (JSON).
final class DynamoReconciliations implements Reconciliations {

    private static final Map<String, AttributeValue> KEY =
            Map.of("paymentId", s("reconciliation"), "journal", s("state"));

    private final DynamoDbClient client;
    private final String table;

    DynamoReconciliations(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("ledger");
    }

    @Override
    public Reconciliation current() {
        return DynamoReads.item(client, table, KEY, "reconciliation")
                .map(item -> Json.MAPPER.readValue(text(item, "state"), Reconciliation.class))
                .orElse(Reconciliation.NEVER);
    }

    @Override
    public void save(Reconciliation next) {
        Map<String, AttributeValue> item = new HashMap<>(KEY);
        item.put("writes", n(next.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(next)));
        DynamoWrites.transact(
                client,
                List.of(next.writes() == 1 ? putNew(table, item, "journal") : putNext(table, item, "writes")),
                "reconciliation");
    }
}
