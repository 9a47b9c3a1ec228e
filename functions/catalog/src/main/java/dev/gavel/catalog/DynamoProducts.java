package dev.gavel.catalog;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Products in the table `products`:
///
/// | id        | attributes                                     |
/// |-----------|------------------------------------------------|
/// | prd_…     | writes, state (JSON), sellerId, shownAt        |
/// | (request) | created: the product this request has created  |
///
/// The index `by-seller` holds products only and carries keys only.
final class DynamoProducts implements Products {

    private static final String NEW = "attribute_not_exists(id)";

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;

    DynamoProducts(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("products");
    }

    @Override
    public void add(Product product, String creation, List<Fact<?>> facts) {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(put(Map.of("id", s(creation), "created", s(product.productId().value())), NEW, Map.of()));
        items.add(put(item(product), NEW, Map.of()));
        facts.forEach(fact -> items.add(outbox.put(fact)));
        DynamoWrites.transact(client, items, "product " + product.productId());
    }

    @Override
    public Optional<ProductId> createdBy(String creation) {
        Map<String, AttributeValue> item = read(creation);
        return item.isEmpty() ? Optional.empty() : Optional.of(new ProductId(text(item, "created")));
    }

    @Override
    public void save(Product next, List<Fact<?>> facts) {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(put(item(next), "writes = :decidedOn", Map.of(":decidedOn", n(next.writes() - 1))));
        facts.forEach(fact -> items.add(outbox.put(fact)));
        DynamoWrites.transact(client, items, "product " + next.productId());
    }

    private TransactWriteItem put(
            Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values.isEmpty() ? null : values))
                .build();
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Optional<Product> find(ProductId id) {
        Map<String, AttributeValue> item = read(id.value());
        return item.isEmpty() ? Optional.empty() : Optional.of(product(item));
    }

    private Map<String, AttributeValue> read(String id) {
        return DynamoWrites.call(
                "product " + id,
                () -> client.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true))
                        .item());
    }

    @Override
    public List<Product> findAll(List<ProductId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<ProductId, Product> found = new HashMap<>();
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder()
                        .consistentRead(true)
                        .keys(ids.stream().distinct().map(id -> key(id.value())).toList())
                        .build());
        // DynamoDB may leave some for the next call; it always answers at least one of those asked for.
        while (!wanted.isEmpty()) {
            Map<String, KeysAndAttributes> asked = wanted;
            var answer = DynamoWrites.call("products", () -> client.batchGetItem(batch -> batch.requestItems(asked)));
            answer.responses().getOrDefault(table, List.of()).forEach(item -> {
                Product product = product(item);
                found.put(product.productId(), product);
            });
            wanted = answer.unprocessedKeys();
        }
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Slice ofSeller(UserId seller, int limit, @Nullable String cursor) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":seller", s(seller.value())));
        String condition = "sellerId = :seller";
        if (cursor != null) {
            id(cursor);
            values.put(":cursor", s(cursor));
            condition += " AND shownAt < :cursor";
        }
        String expression = condition;
        List<String> found = DynamoWrites.call(
                "products of " + seller,
                () -> client
                        .query(query -> query.tableName(table)
                                .indexName("by-seller")
                                .scanIndexForward(false)
                                .limit(limit + 1)
                                .keyConditionExpression(expression)
                                .expressionAttributeValues(values))
                        .items()
                        .stream()
                        .map(item -> text(item, "shownAt"))
                        .toList());
        List<ProductId> ids =
                found.stream().limit(limit).map(DynamoProducts::id).toList();
        return new Slice(ids, found.size() > limit ? found.get(limit - 1) : null);
    }

    /// @throws IllegalArgumentException when it is not the end of a sort key, as in a forged cursor
    private static ProductId id(String sortKey) {
        return new ProductId(sortKey.substring(sortKey.indexOf('#') + 1));
    }

    private static Map<String, AttributeValue> item(Product product) {
        Map<String, AttributeValue> item = new HashMap<>(key(product.productId().value()));
        item.put("writes", n(product.writes()));
        item.put("state", s(Json.FACTS.writeValueAsString(product)));
        item.put("sellerId", s(product.sellerId().value()));
        item.put("shownAt", s(sortable(product.bumpedAt()) + "#" + product.productId()));
        return item;
    }

    private static Product product(Map<String, AttributeValue> item) {
        return Json.FACTS.readValue(text(item, "state"), Product.class);
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", s(id));
    }
}
