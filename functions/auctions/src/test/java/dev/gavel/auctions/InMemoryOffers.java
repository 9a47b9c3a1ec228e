package dev.gavel.auctions;

import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The in-memory twin of {@link DynamoOffers}, held to the same contract.
final class InMemoryOffers implements Offers {

    private final Map<ProductId, Offer> offers = new HashMap<>();

    @Override
    public synchronized Optional<Offer> find(ProductId id) {
        return Optional.ofNullable(offers.get(id));
    }

    @Override
    public synchronized void put(Offer next, @Nullable Offer known) {
        if (!Objects.equals(offers.get(next.productId()), known)) {
            throw new StaleWrite("offer of " + next.productId());
        }
        offers.put(next.productId(), next);
    }
}
