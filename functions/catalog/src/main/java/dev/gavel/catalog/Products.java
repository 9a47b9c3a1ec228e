package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All products.
interface Products {

    /// Writes a new product together with its facts.
    ///
    /// @param creation names the request that creates it: each creates one product, however often it is repeated
    /// @throws dev.gavel.kernel.StaleWrite when this request has created one or there is one with this id
    void add(Product product, String creation, List<Fact<?>> facts);

    /// The product that a request has created.
    Optional<ProductId> createdBy(String creation);

    /// Writes the next state of a product and its facts: all or nothing, and only if nobody has written since the
    /// state it was decided on.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: it may or may not have been written
    void save(Product next, List<Fact<?>> facts);

    /// Tells the world what `add` or `save` has stored. Never fails: what cannot be told now is told later.
    void announce(List<Fact<?>> facts);

    /// The newest committed state.
    Optional<Product> find(ProductId id);

    /// The newest committed states, in the order of the ids; unknown ones are left out. At most 100 at a time.
    List<Product> findAll(List<ProductId> ids);

    /// A seller's products, the one listed or bumped last first. May lag a moment behind.
    ///
    /// @throws IllegalArgumentException when the cursor is none that an earlier slice gave
    Slice ofSeller(UserId seller, int limit, @Nullable String cursor);

    /// Some of a longer list; the cursor continues it and is absent at its end.
    record Slice(List<ProductId> items, @Nullable String cursor) {}
}
