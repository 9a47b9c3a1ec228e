package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;

/// Facts about products: what somebody has to sell, before and while an auction sells it. Those that tell of a
/// description tell all of it, so that the newest one is enough.
public sealed interface ProductEvent extends MarketEvent {

    ProductId productId();

    @Override
    default String subject() {
        return productId().value();
    }

    /// In what condition a product is.
    enum Condition {
        @JsonProperty("new")
        NEW,
        @JsonProperty("like-new")
        LIKE_NEW,
        @JsonProperty("good")
        GOOD,
        @JsonProperty("fair")
        FAIR,
        @JsonProperty("for-parts")
        FOR_PARTS
    }

    /// Somebody described a product to sell. `category` is the id of a leaf, `pictures` are keys.
    @CloudEventType(value = "dev.gavel.product.listed.v1", schema = "1.0")
    record ProductListed(
            ProductId productId,
            UserId sellerId,
            String title,
            String description,
            String category,
            Condition condition,
            List<String> pictures,
            Instant listedAt)
            implements ProductEvent {}

    /// The seller described a product anew. `changed` names the members that are new, `material` is false when
    /// nothing but spacing and the case of letters differs.
    @CloudEventType(value = "dev.gavel.product.updated.v1", schema = "1.0")
    record ProductUpdated(
            ProductId productId,
            UserId sellerId,
            String title,
            String description,
            String category,
            Condition condition,
            List<String> pictures,
            boolean material,
            List<String> changed,
            Instant updatedAt)
            implements ProductEvent {}

    /// The seller does not want to sell a product any more.
    @CloudEventType(value = "dev.gavel.product.withdrawn.v1", schema = "1.0")
    record ProductWithdrawn(ProductId productId, UserId sellerId, Instant withdrawnAt) implements ProductEvent {}

    /// The seller brought a product back to the top of the list.
    @CloudEventType(value = "dev.gavel.product.bumped.v1", schema = "1.0")
    record ProductBumped(ProductId productId, UserId sellerId, Instant bumpedAt) implements ProductEvent {}
}
