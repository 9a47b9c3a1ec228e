package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent.ProductWithdrawn;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes a product out of the catalog for good. Refused while an auction sells it, as far as the facts of auctions
/// have arrived. Withdrawing again changes nothing. Refusals: {@link ProductRejected}.
public final class WithdrawProduct implements UseCase<WithdrawProduct.Command, ProductView> {

    public record Command(ProductId productId) {}

    private final Products products;

    WithdrawProduct(Products products) {
        this.products = products;
    }

    @Override
    public Outcome<ProductView> apply(Call<Command> call) {
        Optional<Product> found = products.find(call.command().productId());
        if (found.isEmpty()) {
            return Outcome.rejected(new ProductRejected.Unknown());
        }
        Product product = found.get();
        if (!product.isOf(call.user())) {
            return Outcome.rejected(new ProductRejected.SomeoneElses());
        }
        if (product.status() == Product.Status.WITHDRAWN) {
            return Outcome.accepted(ProductView.of(product));
        }
        if (product.auctionId() != null) {
            return Outcome.rejected(new ProductRejected.OnSale(product.auctionId()));
        }
        Instant now = call.receivedAt();
        Product withdrawn = product.withdrawn(now);
        List<Fact<?>> facts = List.of(Fact.of(
                WithdrawProduct.class,
                withdrawn.facts(),
                now,
                new ProductWithdrawn(product.productId(), product.sellerId(), now)));
        products.save(withdrawn, facts);
        products.announce(facts);
        return Outcome.accepted(ProductView.of(withdrawn));
    }
}
