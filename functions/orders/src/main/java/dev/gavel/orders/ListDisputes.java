package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Order.Status;
import java.time.Instant;
import java.util.List;

/// Shows operators the disputes they have to decide, the one that waits longest first, 100 at most: once those are
/// decided, the next ones show. The list may lag a moment behind.
public final class ListDisputes implements UseCase<ListDisputes.Query, ListDisputes.Found> {

    private static final int MOST = 100;
    private static final Instant ANY_TIME = Instant.parse("9000-01-01T00:00:00Z");

    public record Query() {}

    public record Found(List<OrderView> orders) {}

    private final Orders orders;

    ListDisputes(Orders orders) {
        this.orders = orders;
    }

    @Override
    public Outcome<Found> apply(Call<Query> call) {
        return Outcome.accepted(new Found(orders.due(Status.DISPUTED, ANY_TIME, MOST).stream()
                .flatMap(id -> orders.find(id).stream())
                .filter(order -> order.status() == Status.DISPUTED)
                .map(OrderView::of)
                .toList()));
    }
}
