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
import tools.jackson.core.JsonGenerator;

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
    ///
    /// It knows its type and how it is written without a look at annotations, as a first bid waits for it.
    @CloudEventType(value = BidsAccepted.TYPE, schema = BidsAccepted.SCHEMA)
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
            implements AuctionEvent, JsonWritten {

        static final String TYPE = "dev.gavel.auction.bids-accepted.v1";
        static final String SCHEMA = "1.1";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String schema() {
            return "https://gavel.dev/schemas/auction.bids-accepted/" + SCHEMA;
        }

        @Override
        public void writeTo(JsonGenerator json) {
            json.writeStartObject();
            json.writeStringProperty("auctionId", auctionId.value());
            json.writeArrayPropertyStart("bids");
            for (AcceptedBid bid : bids) {
                json.writeStartObject();
                json.writeNumberProperty("number", bid.number());
                json.writeStringProperty("bidderId", bid.bidderId().value());
                JsonStreams.write(json, "price", bid.price());
                json.writeStringProperty("leaderId", bid.leaderId().value());
                json.writeStringProperty("acceptedAt", bid.acceptedAt().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            JsonStreams.write(json, "price", price);
            json.writeStringProperty("leaderId", leaderId.value());
            if (previousLeaderId != null) {
                json.writeStringProperty("previousLeaderId", previousLeaderId.value());
            }
            JsonStreams.write(json, "minimumBid", minimumBid);
            json.writeBooleanProperty("reserveMet", reserveMet);
            json.writeNumberProperty("bidCount", bidCount);
            json.writeStringProperty("endsAt", endsAt.toString());
            json.writeEndObject();
        }

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
