package dev.gavel.payments;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;

import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Json;
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
        Map<String, AttributeValue> item = DynamoWrites.call(
                "reconciliation",
                () -> client.getItem(get -> get.tableName(table).key(KEY).consistentRead(true))
                        .item());
        return item.isEmpty() ? Reconciliation.NEVER : Json.FACTS.readValue(text(item, "state"), Reconciliation.class);
    }

    @Override
    public void save(Reconciliation next) {
        boolean first = next.writes() == 1;
        Map<String, AttributeValue> item = new java.util.HashMap<>(KEY);
        item.put("writes", n(next.writes()));
        item.put("state", s(Json.FACTS.writeValueAsString(next)));
        DynamoWrites.call(
                "reconciliation",
                () -> client.putItem(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression(first ? "attribute_not_exists(journal)" : "writes = :decidedOn")
                        .expressionAttributeValues(first ? null : Map.of(":decidedOn", n(next.writes() - 1)))));
    }
}
