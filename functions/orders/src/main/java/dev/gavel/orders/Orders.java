package dev.gavel.orders;

import dev.gavel.events.Fact;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import dev.gavel.orders.Order.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All orders.
interface Orders {

    /// Writes a new order and its facts: all or nothing.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when there is one with this id
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been
    /// written
    void add(Order order, List<Fact<?>> facts);

    /// Writes the next state of an order and its facts: all or nothing, and only if nobody has written
    /// since the state it was decided on.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been
    /// written
    void save(Order next, List<Fact<?>> facts);

    /// Tells the world what `add` or `save` has stored. Never fails: what cannot be told now is told
    /// later.
    void announce(List<Fact<?>> facts);

    /// The newest committed state.
    Optional<Order> find(OrderId id);

    /// Somebody's orders as buyer or as seller, the newest first. May lag a moment behind.
    ///
    /// @throws IllegalArgumentException when the cursor is none that an earlier slice gave
    Slice of(UserId user, Role role, int limit, @Nullable String cursor);

    /// Disputed orders whose thing came back and whose time to object was over by then, the longest due
    /// first. May lag a moment behind.
    List<OrderId> returned(Instant by, int limit);

    /// Orders of a status that were due by then, the longest due first. May lag a moment behind.
    List<OrderId> due(Status status, Instant by, int limit);

    /// On which side of an order somebody is.
    enum Role {
        BUYER,
        SELLER
    }

    /// Some of a longer list; the cursor continues it and is absent at its end.
    record Slice(List<Order> orders, @Nullable String cursor) {}
}
