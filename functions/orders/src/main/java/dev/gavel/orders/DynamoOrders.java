package dev.gavel.orders;

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
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import dev.gavel.orders.Order.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Orders in the table `orders`:
///
/// | id    | attributes                                                                    |
/// |-------|-------------------------------------------------------------------------------|
/// | ord_… | writes, state (JSON), buyerId, sellerId, placedKey, and while the clock moves |
/// |       | it on: dueShard (status, or RETURNED, and shard), dueKey                      |
///
/// `placedKey` and `dueKey` are a time, `#` and the id. All indexes carry keys only; `by-due` holds only
/// what is due some day.
final class DynamoOrders implements Orders {

    /// One list takes 1,000 writes a second.
    private static final int SHARDS = 4;

    private static final int PAGE = 250;

    /// Disputed orders whose thing came back: they are not to wait behind those nobody decides.
    private static final String RETURNED = "RETURNED";

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;
    private final DynamoListing byBuyer;
    private final DynamoListing bySeller;
    private final DynamoListing byDue;

    DynamoOrders(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("orders");
        this.byBuyer = DynamoListing.ofIndex(client, table, "by-buyer", "buyerId", "placedKey");
        this.bySeller = DynamoListing.ofIndex(client, table, "by-seller", "sellerId", "placedKey");
        this.byDue = DynamoListing.ofIndex(client, table, "by-due", "dueShard", "dueKey");
    }

    @Override
    public void add(Order order, List<Fact<?>> facts) {
        outbox.commit(List.of(putNew(table, item(order), "id")), facts, "order " + order.orderId());
    }

    @Override
    public void save(Order next, List<Fact<?>> facts) {
        outbox.commit(List.of(putNext(table, item(next), "writes")), facts, "order " + next.orderId());
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Optional<Order> find(OrderId id) {
        return DynamoReads.item(client, table, key(id), "order " + id).map(DynamoOrders::order);
    }

    @Override
    public Slice of(UserId user, Role role, int limit, @Nullable String cursor) {
        if (cursor != null) {
            id(cursor);
        }
        DynamoListing listing = role == Role.BUYER ? byBuyer : bySeller;
        DynamoPage<OrderId> page =
                listing.descending(user.value(), limit, cursor).map(row -> id(text(row, "placedKey")));
        List<Order> orders = DynamoReads.items(
                        client,
                        table,
                        page.rows().stream().map(DynamoOrders::key).toList(),
                        "orders of " + user)
                .stream()
                .map(DynamoOrders::order)
                .toList();
        return new Slice(orders, page.cursor());
    }

    @Override
    public List<OrderId> due(Status status, Instant by, int limit) {
        List<String> lists = status == Status.DISPUTED ? List.of(status.name(), RETURNED) : List.of(status.name());
        return due(lists, by, limit);
    }

    @Override
    public List<OrderId> returned(Instant by, int limit) {
        return due(List.of(RETURNED), by, limit);
    }

    private List<OrderId> due(List<String> lists, Instant by, int limit) {
        // Behind every id that was due at that instant.
        String end = sortable(by) + "~";
        List<String> due = new ArrayList<>();
        for (String list : lists) {
            for (int shard = 0; shard < SHARDS; shard++) {
                due.addAll(dueOf(list + "#" + shard, end, limit));
            }
        }
        return due.stream()
                .sorted(Comparator.naturalOrder())
                .limit(limit)
                .map(DynamoOrders::id)
                .toList();
    }

    private List<String> dueOf(String list, String end, int limit) {
        List<String> due = new ArrayList<>();
        String cursor = null;
        do {
            DynamoPage<String> page = byDue.ascending(list, PAGE, cursor).map(row -> text(row, "dueKey"));
            List<String> inTime =
                    page.rows().stream().filter(key -> key.compareTo(end) < 0).toList();
            due.addAll(inTime);
            cursor = inTime.size() < page.rows().size() ? null : page.cursor();
        } while (cursor != null && due.size() < limit);
        return due;
    }

    /// @throws IllegalArgumentException when it is not the end of a sort key, as in a forged cursor
    private static OrderId id(String sortKey) {
        return new OrderId(sortKey.substring(sortKey.indexOf('#') + 1));
    }

    private static Map<String, AttributeValue> item(Order order) {
        Map<String, AttributeValue> item = new HashMap<>(key(order.orderId()));
        item.put("writes", n(order.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(order)));
        item.put("buyerId", s(order.buyerId().value()));
        item.put("sellerId", s(order.sellerId().value()));
        item.put("placedKey", s(sortable(order.history().getFirst().at()) + "#" + order.orderId()));
        if (order.dueAt() != null) {
            int shard = Math.floorMod(order.orderId().value().hashCode(), SHARDS);
            boolean returned = order.status() == Status.DISPUTED && order.returnedAt() != null;
            item.put("dueShard", s((returned ? RETURNED : order.status().name()) + "#" + shard));
            item.put("dueKey", s(sortable(order.dueAt()) + "#" + order.orderId()));
        }
        return item;
    }

    private static Order order(Map<String, AttributeValue> item) {
        return Json.MAPPER.readValue(text(item, "state"), Order.class);
    }

    private static Map<String, AttributeValue> key(OrderId id) {
        return Map.of("id", s(id.value()));
    }
}
