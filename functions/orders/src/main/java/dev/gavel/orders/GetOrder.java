package dev.gavel.orders;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Shows an order to its buyer, its seller and operators in its newest committed state. Refusals:
/// {@link OrderRejected} `Unknown`, whoever else asks.
public final class GetOrder implements UseCase<GetOrder.Query, OrderView> {

    public record Query(OrderId orderId) {}

    private final Orders orders;

    GetOrder(Orders orders) {
        this.orders = orders;
    }

    @Override
    public Outcome<OrderView> apply(Call<Query> call) {
        return orders.find(call.command().orderId())
                .filter(order -> Desk.role(order, call) != null || operator(call))
                .map(order -> Outcome.accepted(OrderView.of(order)))
                .orElseGet(() -> Outcome.rejected(new OrderRejected.Unknown()));
    }

    private static boolean operator(Call<?> call) {
        return call.caller() instanceof Caller.User user && user.roles().contains("operator");
    }
}
