package dev.gavel.catalog;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UseCase;

/// Shows one product in its newest committed state. Refusals: {@link ProductRejected} `Unknown`.
public final class GetProduct implements UseCase<GetProduct.Query, ProductView> {

    public record Query(ProductId productId) {}

    private final Products products;

    GetProduct(Products products) {
        this.products = products;
    }

    @Override
    public Outcome<ProductView> apply(Call<Query> call) {
        return products.find(call.command().productId())
                .map(product -> Outcome.accepted(ProductView.of(product)))
                .orElseGet(() -> Outcome.rejected(new ProductRejected.Unknown()));
    }
}
