package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an auction was opened with; none of it ever changes.
///
/// @param reserve the hidden price below which the seller does not sell
/// @param buyNow the price at which a buyer can end the auction at once
/// @param plannedEndsAt the end before any extension
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
        Instant plannedEndsAt) {}
