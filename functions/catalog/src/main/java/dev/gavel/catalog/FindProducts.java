package dev.gavel.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.catalog.Products.Slice;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the products of a seller page by page, the one listed or bumped last first. Withdrawn ones are shown to the
/// seller alone, so that a page of others may have fewer than asked for. The list may lag a moment behind. Refusals:
/// {@link ProductRejected} `QueryInvalid`.
public final class FindProducts implements UseCase<FindProducts.Query, FindProducts.Found> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;

    /// @param limit how many, 1 to 100; 20 when absent
    /// @param cursor continues the page before, as that page gave it
    public record Query(
            UserId seller,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    /// One page; the cursor is absent on the last.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            List<ProductView> products, @Nullable String cursor) {}

    private final Products products;

    FindProducts(Products products) {
        this.products = products;
    }

    @Override
    public Outcome<Found> apply(Call<Query> call) {
        Query query = call.command();
        int limit = query.limit() == null ? DEFAULT_LIMIT : query.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return Outcome.rejected(new ProductRejected.QueryInvalid("limit", "ask for 1 to 100"));
        }
        Slice ids;
        try {
            ids = products.ofSeller(query.seller(), limit, query.cursor());
        } catch (IllegalArgumentException _) {
            return Outcome.rejected(new ProductRejected.QueryInvalid("cursor", "send it as the page before gave it"));
        }
        boolean own = call.caller() instanceof Caller.User(UserId id, var _) && id.equals(query.seller());
        List<ProductView> views = products.findAll(ids.items()).stream()
                .filter(product -> own || product.status() == Product.Status.LISTED)
                .map(ProductView::of)
                .toList();
        return Outcome.accepted(new Found(views, ids.cursor()));
    }
}
