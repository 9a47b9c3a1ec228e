package dev.gavel.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A product as everybody may see it.
///
/// @param bumpedAt when it was brought to the top of the list last, or listed
/// @param version to be sent with an update, which is refused when somebody changed the product since
/// @param auctionId the auction that sells it now; known a moment after it was opened
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductView(
        ProductId productId,
        UserId sellerId,
        String title,
        String description,
        String category,
        Condition condition,
        List<String> pictures,
        Product.Status status,
        Instant createdAt,
        Instant updatedAt,
        Instant bumpedAt,
        long version,
        @Nullable AuctionId auctionId) {

    static ProductView of(Product product) {
        Description told = product.description();
        return new ProductView(
                product.productId(),
                product.sellerId(),
                told.title(),
                told.description(),
                told.category(),
                told.condition(),
                told.pictures(),
                product.status(),
                product.createdAt(),
                product.updatedAt(),
                product.bumpedAt(),
                product.version(),
                product.auctionId());
    }
}
