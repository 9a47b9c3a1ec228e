package dev.gavel.catalog;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoListing;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPage;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Products in the table `products`:
///
/// | id        | attributes                                     |
/// |-----------|------------------------------------------------|
/// | prd_…     | writes, state (JSON), sellerId, shownAt        |
/// | (request) | created: the product this request has created  |
///
/// The index `by-seller` holds products only and carries keys only.
final class DynamoProducts implements Products {

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;
    private final DynamoListing bySeller;

    DynamoProducts(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("products");
        this.bySeller = DynamoListing.ofIndex(client, table, "by-seller", "sellerId", "shownAt");
    }

    @Override
    public void add(Product product, String creation, List<Fact<?>> facts) {
        Map<String, AttributeValue> created =
                Map.of("id", s(creation), "created", s(product.productId().value()));
        outbox.commit(
                List.of(putNew(table, created, "id"), putNew(table, item(product), "id")),
                facts,
                "product " + product.productId());
    }

    @Override
    public Optional<ProductId> createdBy(String creation) {
        return read(creation).map(item -> new ProductId(text(item, "created")));
    }

    @Override
    public void save(Product next, List<Fact<?>> facts) {
        outbox.commit(List.of(putNext(table, item(next), "writes")), facts, "product " + next.productId());
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return read(id.value()).map(DynamoProducts::product);
    }

    private Optional<Map<String, AttributeValue>> read(String id) {
        return DynamoReads.item(client, table, key(id), "product " + id);
    }

    @Override
    public List<Product> findAll(List<ProductId> ids) {
        List<Map<String, AttributeValue>> keys =
                ids.stream().map(id -> key(id.value())).toList();
        return DynamoReads.items(client, table, keys, "products").stream()
                .map(DynamoProducts::product)
                .toList();
    }

    @Override
    public Slice ofSeller(UserId seller, int limit, @Nullable String cursor) {
        if (cursor != null) {
            id(cursor);
        }
        DynamoPage<ProductId> page =
                bySeller.descending(seller.value(), limit, cursor).map(item -> id(text(item, "shownAt")));
        return new Slice(page.rows(), page.cursor());
    }

    /// @throws IllegalArgumentException when it is not the end of a sort key, as in a forged cursor
    private static ProductId id(String sortKey) {
        return new ProductId(sortKey.substring(sortKey.indexOf('#') + 1));
    }

    private static Map<String, AttributeValue> item(Product product) {
        Map<String, AttributeValue> item = new HashMap<>(key(product.productId().value()));
        item.put("writes", n(product.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(product)));
        item.put("sellerId", s(product.sellerId().value()));
        item.put("shownAt", s(sortable(product.bumpedAt()) + "#" + product.productId()));
        return item;
    }

    private static Product product(Map<String, AttributeValue> item) {
        return Json.MAPPER.readValue(text(item, "state"), Product.class);
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", s(id));
    }
}
