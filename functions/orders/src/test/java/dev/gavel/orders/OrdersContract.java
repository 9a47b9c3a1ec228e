package dev.gavel.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.orders.Order.Status;
import dev.gavel.orders.Orders.Role;
import dev.gavel.orders.Orders.Slice;
import dev.gavel.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of orders must do.
interface OrdersContract {

    Orders orders();

    @Test
    default void whatIsWrittenIsRead() {
        Orders orders = orders();
        for (Status status : Status.values()) {
            Order order = Deal.in(status);
            orders.add(order, List.of());
            assertThat(orders.find(order.orderId())).contains(order);
        }
        assertThat(orders.find(OrderId.of(Deal.nextAuction(), 1))).isEmpty();
    }

    @Test
    default void anOrderIsPlacedOnce() {
        Orders orders = orders();
        Order order = Deal.placed();
        orders.add(order, List.of());

        assertThatThrownBy(() -> orders.add(order, List.of())).isInstanceOf(StaleWrite.class);
    }

    @Test
    default void ofManyWritesAtOnceExactlyOneWins() {
        Orders orders = orders();
        Order order = Deal.placed();
        orders.add(order, List.of());

        List<Boolean> won = Race.of(8, _ -> {
            try {
                orders.save(order.to(Status.CANCELLED, null, Deal.NOON), List.of());
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    default void ordersAreListedForBothSidesTheNewestFirst() {
        Orders orders = orders();
        List<OrderId> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Order order = Deal.placed(Deal.NOON.plusSeconds(i), Deal.NOON.plusSeconds(60));
            orders.add(order, List.of());
            expected.addFirst(order.orderId());
        }

        Slice first = orders.of(Deal.ANNA, Role.BUYER, 3, null);
        assertThat(first.orders()).extracting(Order::orderId).isEqualTo(expected.subList(0, 3));
        Slice second = orders.of(Deal.ANNA, Role.BUYER, 3, first.cursor());
        assertThat(second.orders()).extracting(Order::orderId).isEqualTo(expected.subList(3, 5));
        assertThat(second.cursor()).isNull();
        assertThat(orders.of(Deal.SELLER, Role.SELLER, 10, null).orders()).hasSize(5);
        assertThat(orders.of(Deal.SELLER, Role.BUYER, 10, null).orders()).isEmpty();
        assertThatThrownBy(() -> orders.of(Deal.ANNA, Role.BUYER, 3, "forged"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void whatIsDueIsFoundByStatusAndTime() {
        Orders orders = orders();
        List<OrderId> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Order order = Deal.placed(Deal.NOON, Deal.NOON.plusSeconds(i));
            orders.add(order, List.of());
            expected.add(order.orderId());
        }
        Order paid = Deal.in(Status.PAID);
        orders.add(paid, List.of());

        assertThat(orders.due(Status.AWAITING_PAYMENT, Deal.NOON.plusSeconds(3), 100))
                .isEqualTo(expected.subList(0, 4));
        assertThat(orders.due(Status.AWAITING_PAYMENT, Deal.NOON.plusSeconds(9), 2))
                .isEqualTo(expected.subList(0, 2));
        assertThat(orders.due(Status.PAID, Deal.NOON.plus(Duration.ofDays(3)), 100))
                .containsExactly(paid.orderId());
        assertThat(orders.due(Status.SHIPPED, Deal.NOON.plus(Duration.ofDays(99)), 100))
                .isEmpty();
    }

    @Test
    default void whatCameBackIsListedByItselfAndStillAmongTheDisputes() {
        Orders orders = orders();
        Order open = Deal.in(Status.DISPUTED);
        Order back = Deal.in(Status.DISPUTED);
        orders.add(open, List.of());
        orders.add(back, List.of());
        orders.save(Deal.change(new Step.Return(), back).next(), List.of());

        assertThat(orders.returned(Deal.NOON.plus(Duration.ofDays(2)), 10)).isEmpty();
        assertThat(orders.returned(Deal.NOON.plus(Duration.ofDays(99)), 10)).containsExactly(back.orderId());
        assertThat(orders.due(Status.DISPUTED, Deal.NOON.plus(Duration.ofDays(99)), 10))
                .containsExactly(back.orderId(), open.orderId());
        assertThat(orders.due(Status.DISPUTED, Deal.NOON.plus(Duration.ofDays(99)), 1))
                .containsExactly(back.orderId());
    }

    @Test
    default void whatIsNotDueAnyMoreIsNotFound() {
        Orders orders = orders();
        Order order = Deal.placed();
        orders.add(order, List.of());
        orders.save(order.to(Status.CANCELLED, null, Deal.NOON), List.of());

        assertThat(orders.due(Status.AWAITING_PAYMENT, Deal.NOON.plus(Duration.ofDays(99)), 100))
                .isEmpty();
    }
}
