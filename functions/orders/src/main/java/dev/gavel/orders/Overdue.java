package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Each;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Order.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Moves on every order whose time in a status is over, several at once, at most so many per tick, and
/// none is begun after 15 seconds. What is left, also by a lost tick, is still due at the next one.
final class Overdue {

    private static final int AT_ONCE = 16;
    private static final int PER_TICK = 1_000;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);

    private final Orders orders;
    private final Desk desk;
    private final Class<? extends UseCase<?, ?>> useCase;
    private final Duration grace;

    /// @param grace how much longer than they were told people have
    Overdue(Orders orders, Desk desk, Class<? extends UseCase<?, ?>> useCase, Duration grace) {
        this.orders = orders;
        this.desk = desk;
        this.useCase = useCase;
        this.grace = grace;
    }

    /// How many were moved on.
    int advance(Call<Tick> call, Status status, Step step) {
        return advance(call, orders.due(status, call.receivedAt().minus(grace), PER_TICK), status, step);
    }

    /// How many disputed orders whose thing came back were moved on.
    int advanceReturned(Call<Tick> call, Step step) {
        return advance(call, orders.returned(call.receivedAt().minus(grace), PER_TICK), Status.DISPUTED, step);
    }

    private int advance(Call<Tick> call, List<OrderId> due, Status status, Step step) {
        Instant now = call.receivedAt();
        return Each.within(LONG_ENOUGH, due, AT_ONCE, id -> advanceOne(id, now, status, step));
    }

    private boolean advanceOne(OrderId id, Instant now, Status status, Step step) {
        Optional<Desk.Taken> became = desk.take(useCase, id, now, order -> due(order, now, status) ? step : null);
        return became.isPresent() && became.get().taken();
    }

    private boolean due(Order order, Instant now, Status status) {
        @Nullable Instant dueAt = order.dueAt();
        return order.status() == status && dueAt != null && !now.minus(grace).isBefore(dueAt);
    }
}
