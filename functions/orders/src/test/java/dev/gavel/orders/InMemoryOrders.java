package dev.gavel.orders;

import dev.gavel.events.Fact;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.orders.Order.Status;
import dev.gavel.testkit.RememberedFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The in-memory twin of {@link DynamoOrders}, held to the same contract.
final class InMemoryOrders extends RememberedFacts implements Orders {

    private final Map<OrderId, Order> orders = new HashMap<>();

    @Override
    public synchronized void add(Order order, List<Fact<?>> facts) {
        if (orders.putIfAbsent(order.orderId(), order) != null) {
            throw new StaleWrite("order " + order.orderId());
        }
        store(facts);
    }

    @Override
    public synchronized void save(Order next, List<Fact<?>> facts) {
        Order current = orders.get(next.orderId());
        if (current == null || current.writes() != next.writes() - 1) {
            throw new StaleWrite("order " + next.orderId());
        }
        orders.put(next.orderId(), next);
        store(facts);
    }

    @Override
    public synchronized Optional<Order> find(OrderId id) {
        return Optional.ofNullable(orders.get(id));
    }

    @Override
    public synchronized Slice of(UserId user, Role role, int limit, @Nullable String cursor) {
        if (cursor != null) {
            OrderId _ = new OrderId(cursor.substring(cursor.indexOf('#') + 1));
        }
        List<Order> all = orders.values().stream()
                .filter(order -> user.equals(role == Role.BUYER ? order.buyerId() : order.sellerId()))
                .sorted(Comparator.comparing(InMemoryOrders::key).reversed())
                .filter(order -> cursor == null || key(order).compareTo(cursor) < 0)
                .toList();
        List<Order> page = all.stream().limit(limit).toList();
        return new Slice(page, all.size() > limit ? key(page.getLast()) : null);
    }

    private static String key(Order order) {
        return order.history().getFirst().at() + "#" + order.orderId();
    }

    @Override
    public synchronized List<OrderId> due(Status status, Instant by, int limit) {
        return due(order -> order.status() == status, by, limit);
    }

    @Override
    public synchronized List<OrderId> returned(Instant by, int limit) {
        return due(order -> order.status() == Status.DISPUTED && order.returnedAt() != null, by, limit);
    }

    private List<OrderId> due(Predicate<Order> list, Instant by, int limit) {
        return orders.values().stream()
                .filter(order -> list.test(order)
                        && order.dueAt() != null
                        && !order.dueAt().isAfter(by))
                .sorted(Comparator.comparing(Order::dueAt))
                .limit(limit)
                .map(Order::orderId)
                .toList();
    }
}
