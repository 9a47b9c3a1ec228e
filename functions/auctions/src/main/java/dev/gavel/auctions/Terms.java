package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an auction was opened with; none of it ever changes.
///
/// @param reserve the hidden price below which the seller does not sell
/// @param buyNow the price at which a buyer can end the auction at once
/// @param plannedEndsAt the end before any extension
/// @param item the product of the catalog that is sold, as it was described then; absent when the seller described the
/// auction alone
@JsonInclude(JsonInclude.Include.NON_NULL)
record Terms(
        AuctionId auctionId,
        UserId sellerId,
        String title,
        String description,
        Rules rules,
        Money startPrice,
        @Nullable Money reserve,
        @Nullable Money buyNow,
        Instant createdAt,
        Instant startsAt,
        Instant plannedEndsAt,
        @Nullable Item item) {

    /// What of a product is not said by title and description.
    ///
    /// @param category the id of a leaf; the part before the dot is its top category
    /// @param pictures keys of pictures, at most 12 short ones
    record Item(ProductId productId, String category, List<String> pictures) {

        /// The top category.
        String top() {
            int dot = category.indexOf('.');
            return dot < 0 ? category : category.substring(0, dot);
        }
    }

    /// The product that is sold, if it is one of the catalog.
    @Nullable
    ProductId productId() {
        return item == null ? null : item.productId();
    }
}
