package dev.gavel.auctions;

import dev.gavel.kernel.ProductId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The products that can be put up for auction: a view kept from the facts of catalog, a moment behind it.
interface Offers {

    Optional<Offer> find(ProductId id);

    /// Puts what is now known of a product in the place of what was known before.
    ///
    /// @param known what the new state was decided on; null when nothing was known
    /// @throws dev.gavel.kernel.StaleWrite when something else is known by now; nothing was written
    void put(Offer next, @Nullable Offer known);
}
