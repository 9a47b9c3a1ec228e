package dev.gavel.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of one product.
///
/// @param bumps when it was brought to the top lately, the oldest first
/// @param bumpedBy names the request that brought it to the top last
/// @param auctionId the auction that sells it now, as far as its facts have arrived
/// @param lastEnded the newest auction that has ended; ids sort by creation, so that what arrives late about an older
/// one is known to be over
/// @param version counts what its seller changed of the description
/// @param writes counts the writes; every write names the one it was decided on
/// @param facts how many facts have been established about it
@JsonInclude(JsonInclude.Include.NON_NULL)
record Product(
        ProductId productId,
        UserId sellerId,
        Description description,
        Status status,
        Instant createdAt,
        Instant updatedAt,
        List<Instant> bumps,
        @Nullable String bumpedBy,
        @Nullable AuctionId auctionId,
        @Nullable AuctionId lastEnded,
        long version,
        long writes,
        long facts) {

    enum Status {
        @JsonProperty("listed")
        LISTED,
        @JsonProperty("withdrawn")
        WITHDRAWN
    }

    /// A product that has just been described, as its first write.
    static Product listed(ProductId id, UserId seller, Description description, Instant now) {
        return new Product(id, seller, description, Status.LISTED, now, now, List.of(), null, null, null, 1, 1, 1);
    }

    Product described(Description other, Instant now) {
        return new Product(
                productId,
                sellerId,
                other,
                status,
                createdAt,
                now,
                bumps,
                bumpedBy,
                auctionId,
                lastEnded,
                version + 1,
                writes + 1,
                facts + 1);
    }

    Product withdrawn(Instant now) {
        return new Product(
                productId,
                sellerId,
                description,
                Status.WITHDRAWN,
                createdAt,
                now,
                bumps,
                bumpedBy,
                auctionId,
                lastEnded,
                version,
                writes + 1,
                facts + 1);
    }

    Product bumped(List<Instant> all, String request) {
        return new Product(
                productId,
                sellerId,
                description,
                status,
                createdAt,
                updatedAt,
                all,
                request,
                auctionId,
                lastEnded,
                version,
                writes + 1,
                facts + 1);
    }

    /// After an auction began to sell it. Nothing changes when a newer one is known, or when this one has ended: its
    /// facts may arrive in any order.
    Product soldBy(AuctionId auction) {
        return later(auction, lastEnded) && later(auction, auctionId) ? tracked(auction, lastEnded) : this;
    }

    /// After an auction ended, however it did.
    Product freedBy(AuctionId auction) {
        if (!later(auction, lastEnded)) {
            return this;
        }
        return tracked(
                auctionId == null || later(auction, auctionId) || auctionId.equals(auction) ? null : auctionId,
                auction);
    }

    private Product tracked(@Nullable AuctionId selling, @Nullable AuctionId ended) {
        return new Product(
                productId,
                sellerId,
                description,
                status,
                createdAt,
                updatedAt,
                bumps,
                bumpedBy,
                selling,
                ended,
                version,
                writes + 1,
                facts);
    }

    private static boolean later(AuctionId one, @Nullable AuctionId other) {
        return other == null || one.value().compareTo(other.value()) > 0;
    }

    boolean isOf(UserId user) {
        return sellerId.equals(user);
    }

    /// When it was brought to the top last; when it was listed as long as it never was.
    Instant bumpedAt() {
        return bumps.isEmpty() ? createdAt : bumps.getLast();
    }
}
