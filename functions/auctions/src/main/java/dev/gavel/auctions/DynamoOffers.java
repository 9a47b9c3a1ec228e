package dev.gavel.auctions;

import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Json;
import dev.gavel.kernel.ProductId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Products of the catalog in the table `auction-products`: one item each, with `state` (JSON), which is also what a
/// write is conditional on.
final class DynamoOffers implements Offers {

    private final DynamoDbClient client;
    private final String table;

    DynamoOffers(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("auction-products");
    }

    @Override
    public Optional<Offer> find(ProductId id) {
        return DynamoReads.item(client, table, Map.of("productId", s(id.value())), "offer of " + id)
                .map(item -> Json.MAPPER.readValue(text(item, "state"), Offer.class));
    }

    @Override
    public void put(Offer next, @Nullable Offer known) {
        DynamoWrites.call(
                "offer of " + next.productId(),
                () -> client.putItem(put -> put.tableName(table)
                        .item(Map.of("productId", s(next.productId().value()), "state", s(json(next))))
                        .conditionExpression(known == null ? "attribute_not_exists(productId)" : "#state = :known")
                        .expressionAttributeNames(known == null ? null : Map.of("#state", "state"))
                        .expressionAttributeValues(known == null ? null : Map.of(":known", s(json(known))))));
    }

    private static String json(Offer offer) {
        return Json.MAPPER.writeValueAsString(offer);
    }
}
