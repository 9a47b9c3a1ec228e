package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent.ProductBumped;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a product back to the top of the list (끌올): once in 24 hours and 5 times in 30 days. Refusals:
/// {@link ProductRejected}; `BumpedLately` names the time from which on it is possible again.
public final class BumpProduct implements UseCase<BumpProduct.Command, ProductView> {

    private static final Duration PAUSE = Duration.ofHours(24);
    private static final Duration WINDOW = Duration.ofDays(30);
    private static final int MOST = 5;

    public record Command(ProductId productId) {}

    private final Products products;

    BumpProduct(Products products) {
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
        String request = RequestKey.of(call);
        if (request.equals(product.bumpedBy())) {
            return Outcome.accepted(ProductView.of(product));
        }
        if (product.status() == Product.Status.WITHDRAWN) {
            return Outcome.rejected(new ProductRejected.Withdrawn());
        }
        Instant now = call.receivedAt();
        List<Instant> lately = product.bumps().stream()
                .filter(bump -> bump.plus(WINDOW).isAfter(now))
                .toList();
        Instant next = next(lately);
        if (next != null && now.isBefore(next)) {
            return Outcome.rejected(new ProductRejected.BumpedLately(next));
        }
        List<Instant> bumps = new ArrayList<>(lately);
        bumps.add(now);
        Product bumped = product.bumped(List.copyOf(bumps), request);
        List<Fact<?>> facts = List.of(Fact.of(
                BumpProduct.class,
                bumped.facts(),
                now,
                new ProductBumped(product.productId(), product.sellerId(), now)));
        products.save(bumped, facts);
        products.announce(facts);
        return Outcome.accepted(ProductView.of(bumped));
    }

    private static @Nullable Instant next(List<Instant> lately) {
        if (lately.isEmpty()) {
            return null;
        }
        Instant afterPause = lately.getLast().plus(PAUSE);
        if (lately.size() < MOST) {
            return afterPause;
        }
        Instant afterWindow = lately.get(lately.size() - MOST).plus(WINDOW);
        return afterWindow.isAfter(afterPause) ? afterWindow : afterPause;
    }
}
