package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.RememberedFacts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The in-memory twin of {@link DynamoProducts}, held to the same contract.
final class InMemoryProducts extends RememberedFacts implements Products {

    private final Map<ProductId, Product> products = new HashMap<>();
    private final Map<String, ProductId> creations = new HashMap<>();

    @Override
    public synchronized void add(Product product, String creation, List<Fact<?>> facts) {
        if (creations.containsKey(creation) || products.putIfAbsent(product.productId(), product) != null) {
            throw new StaleWrite("product " + product.productId());
        }
        creations.put(creation, product.productId());
        store(facts);
    }

    @Override
    public synchronized Optional<ProductId> createdBy(String creation) {
        return Optional.ofNullable(creations.get(creation));
    }

    @Override
    public synchronized void save(Product next, List<Fact<?>> facts) {
        Product current = products.get(next.productId());
        if (current == null || current.writes() != next.writes() - 1) {
            throw new StaleWrite("product " + next.productId());
        }
        products.put(next.productId(), next);
        store(facts);
    }

    @Override
    public synchronized Optional<Product> find(ProductId id) {
        return Optional.ofNullable(products.get(id));
    }

    @Override
    public synchronized List<Product> findAll(List<ProductId> ids) {
        return ids.stream().map(products::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized Slice ofSeller(UserId seller, int limit, @Nullable String cursor) {
        List<ProductId> ids = products.values().stream()
                .filter(product -> product.isOf(seller))
                .sorted(Comparator.comparing(Product::bumpedAt)
                        .thenComparing(product -> product.productId().value())
                        .reversed())
                .map(Product::productId)
                .toList();
        int from = cursor == null ? 0 : ids.indexOf(new ProductId(cursor)) + 1;
        List<ProductId> some = ids.stream().skip(from).limit(limit).toList();
        return new Slice(some, from + limit < ids.size() ? some.getLast().value() : null);
    }
}
