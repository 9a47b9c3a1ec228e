package dev.gavel.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Orders.Role;
import dev.gavel.orders.Orders.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the caller's own orders page by page, the newest first. The list may lag a moment behind. Refusals:
/// {@link OrderRejected} `Invalid`.
public final class ListOrders implements UseCase<ListOrders.Query, ListOrders.Found> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    /// @param role what the caller is in them: `buyer` or `seller`; `buyer` when absent
    /// @param limit how many, 1 to 100; 20 when absent
    /// @param cursor continues the page before, as that page gave it
    public record Query(
            @Nullable String role,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    /// One page; the cursor is absent on the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(List<OrderView> orders, @Nullable String cursor) {}

    private final Orders orders;

    ListOrders(Orders orders) {
        this.orders = orders;
    }

    @Override
    public Outcome<Found> apply(Call<Query> call) {
        Query query = call.command();
        String role = query.role() == null ? "buyer" : query.role();
        if (!role.equals("buyer") && !role.equals("seller")) {
            return Outcome.rejected(new OrderRejected.Invalid("role", "send buyer or seller"));
        }
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new OrderRejected.Invalid("limit", "ask for 1 to " + LARGEST_LIMIT));
        }
        try {
            Slice found =
                    orders.of(call.user(), role.equals("buyer") ? Role.BUYER : Role.SELLER, limit, query.cursor());
            return Outcome.accepted(
                    new Found(found.orders().stream().map(OrderView::of).toList(), found.cursor()));
        } catch (IllegalArgumentException _) {
            return Outcome.rejected(new OrderRejected.Invalid("cursor", "send it as the page before gave it"));
        }
    }
}
