package dev.gavel.notifications;

import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.textIfAny;

import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.OrderId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Titles in the table `titles`. Neither changes once it is said, so that writing again needs no condition.
///
/// | id    | attributes |
/// |-------|------------|
/// | auc_… | title      |
/// | ord_… | auctionId  |
final class DynamoTitles implements Titles {

    private final DynamoDbClient client;
    private final String table;

    DynamoTitles(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("titles");
    }

    @Override
    public void remember(AuctionId auction, String title) {
        put(Map.of("id", s(auction.value()), "title", s(title)));
    }

    @Override
    public void remember(OrderId order, AuctionId auction) {
        put(Map.of("id", s(order.value()), "auctionId", s(auction.value())));
    }

    @Override
    public Optional<String> of(String about) {
        return about.startsWith("ord_")
                ? attribute(about, "auctionId").flatMap(auction -> attribute(auction, "title"))
                : attribute(about, "title");
    }

    private void put(Map<String, AttributeValue> item) {
        DynamoWrites.call(
                "a title", () -> client.putItem(put -> put.tableName(table).item(item)));
    }

    private Optional<String> attribute(String id, String name) {
        return DynamoReads.item(client, table, Map.of("id", s(id)), "title of " + id)
                .flatMap(item -> textIfAny(item, name));
    }
}
