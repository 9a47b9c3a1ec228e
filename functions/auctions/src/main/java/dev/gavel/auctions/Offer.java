package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A product of the catalog as its facts have described it here.
///
/// @param sequence of the newest fact it is told by
/// @param revision the last material change that came while an auction of it had bids
@JsonInclude(JsonInclude.Include.NON_NULL)
record Offer(
        ProductId productId,
        UserId sellerId,
        String title,
        String description,
        String category,
        List<String> pictures,
        boolean withdrawn,
        long sequence,
        @Nullable Revision revision) {

    /// That bidders of an auction had bid on something that was described otherwise.
    record Revision(AuctionId auctionId, Instant at) {}

    Offer revised(@Nullable Revision newest) {
        return new Offer(productId, sellerId, title, description, category, pictures, withdrawn, sequence, newest);
    }

    /// When the product was described anew under the eyes of an auction's bidders, if it was.
    @Nullable
    Instant revisedAt(AuctionId auction) {
        return revision != null && revision.auctionId().equals(auction) ? revision.at() : null;
    }
}
