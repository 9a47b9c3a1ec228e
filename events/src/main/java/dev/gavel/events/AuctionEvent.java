package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Facts about auctions. Hidden maxima and hidden reserves are never in them. `productId` is there when the auction
/// sells a product of the catalog.
public sealed interface AuctionEvent extends MarketEvent {

    AuctionId auctionId();

    @Override
    default String subject() {
        return auctionId().value();
    }

    /// An auction was set up to open later.
    @CloudEventType(value = "dev.gavel.auction.scheduled.v1", schema = "1.1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuctionScheduled(
            AuctionId auctionId,
            UserId sellerId,
            String title,
            Money startPrice,
            Instant startsAt,
            Instant endsAt,
            @Nullable ProductId productId)
            implements AuctionEvent {

        /// Of an auction without a product of the catalog.
        public AuctionScheduled(
                AuctionId auctionId,
                UserId sellerId,
                String title,
                Money startPrice,
                Instant startsAt,
                Instant endsAt) {
            this(auctionId, sellerId, title, startPrice, startsAt, endsAt, null);
        }
    }

    /// An auction takes bids from now on.
    @CloudEventType(value = "dev.gavel.auction.opened.v1", schema = "1.1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuctionOpened(
            AuctionId auctionId,
            UserId sellerId,
            String title,
            Money startPrice,
            Instant openedAt,
            Instant endsAt,
            @Nullable ProductId productId)
            implements AuctionEvent {

        /// Of an auction without a product of the catalog.
        public AuctionOpened(
                AuctionId auctionId,
                UserId sellerId,
                String title,
                Money startPrice,
                Instant openedAt,
                Instant endsAt) {
            this(auctionId, sellerId, title, startPrice, openedAt, endsAt, null);
        }
    }

    /// Bids were accepted: one fact for all bids that were committed together, in the order they were
    /// decided. `price` and `leaderId` are the state after the last of them, `previousLeaderId` is who led
    /// before the first. It and `minimumBid`, what the next bid must come to, are not in facts of schema 1.0.
    @CloudEventType(value = "dev.gavel.auction.bids-accepted.v1", schema = "1.1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BidsAccepted(
            AuctionId auctionId,
            List<AcceptedBid> bids,
            Money price,
            UserId leaderId,
            @Nullable UserId previousLeaderId,
            @Nullable Money minimumBid,
            boolean reserveMet,
            long bidCount,
            Instant endsAt)
            implements AuctionEvent {

        /// Who led before or in between, or bid in vain, and does not lead after.
        public Set<UserId> outbid() {
            Set<UserId> led = new LinkedHashSet<>();
            if (previousLeaderId != null) {
                led.add(previousLeaderId);
            }
            for (AcceptedBid bid : bids) {
                led.add(bid.bidderId());
                led.add(bid.leaderId());
            }
            led.remove(leaderId);
            return led;
        }
    }

    /// One accepted bid as others may see it: `number` counts the auction's accepted bids from 1, `price`
    /// and `leaderId` are the state right after it.
    record AcceptedBid(long number, UserId bidderId, Money price, UserId leaderId, Instant acceptedAt) {}

    /// A late bid moved the end of the auction (soft close).
    @CloudEventType(value = "dev.gavel.auction.extended.v1", schema = "1.0")
    record AuctionExtended(AuctionId auctionId, Instant previousEndsAt, Instant endsAt) implements AuctionEvent {}

    /// How an auction ended.
    enum Result {
        @JsonProperty("sold")
        SOLD,
        @JsonProperty("unsold")
        UNSOLD,
        @JsonProperty("reserve-not-met")
        RESERVE_NOT_MET
    }

    /// An auction ended. `winnerId` and `price` are there if and only if it was sold.
    @CloudEventType(value = "dev.gavel.auction.closed.v1", schema = "1.1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuctionClosed(
            AuctionId auctionId,
            UserId sellerId,
            Result result,
            @Nullable UserId winnerId,
            @Nullable Money price,
            long bidCount,
            Instant closedAt,
            @Nullable ProductId productId)
            implements AuctionEvent {

        /// Of an auction without a product of the catalog.
        public AuctionClosed(
                AuctionId auctionId,
                UserId sellerId,
                Result result,
                @Nullable UserId winnerId,
                @Nullable Money price,
                long bidCount,
                Instant closedAt) {
            this(auctionId, sellerId, result, winnerId, price, bidCount, closedAt, null);
        }
    }

    /// The seller (or an operator) took the auction back before it ended; nobody won it.
    @CloudEventType(value = "dev.gavel.auction.cancelled.v1", schema = "1.1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuctionCancelled(
            AuctionId auctionId,
            UserId sellerId,
            String reason,
            Instant cancelledAt,
            @Nullable ProductId productId) implements AuctionEvent {

        /// Of an auction without a product of the catalog.
        public AuctionCancelled(AuctionId auctionId, UserId sellerId, String reason, Instant cancelledAt) {
            this(auctionId, sellerId, reason, cancelledAt, null);
        }
    }
}
