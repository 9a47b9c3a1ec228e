package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts about parcels: where the thing of an order is, as far as its carrier tells.
public sealed interface ParcelEvent extends MarketEvent {

    ParcelId parcelId();

    OrderId orderId();

    UserId sellerId();

    UserId buyerId();

    Direction direction();

    @Override
    default String subject() {
        return parcelId().value();
    }

    /// How far a parcel has come, in this order.
    enum Stage {
        /// Its number is known; nothing says that the carrier has it.
        @JsonProperty("registered")
        REGISTERED,
        @JsonProperty("accepted")
        ACCEPTED,
        @JsonProperty("in-transit")
        IN_TRANSIT,
        @JsonProperty("out-for-delivery")
        OUT_FOR_DELIVERY,
        @JsonProperty("delivered")
        DELIVERED
    }

    /// A parcel has come further than it was known to be, but has not arrived. `at` is the carrier's time.
    @CloudEventType(value = "dev.gavel.parcel.moved.v1", schema = "1.0")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ParcelMoved(
            ParcelId parcelId,
            OrderId orderId,
            UserId sellerId,
            UserId buyerId,
            Direction direction,
            Stage stage,
            @Nullable String place,
            Instant at)
            implements ParcelEvent {}

    /// A parcel has arrived: at the buyer's, or back at the seller's. `deliveredAt` is the carrier's time.
    @CloudEventType(value = "dev.gavel.parcel.delivered.v1", schema = "1.0")
    record ParcelDelivered(
            ParcelId parcelId,
            OrderId orderId,
            UserId sellerId,
            UserId buyerId,
            Direction direction,
            Instant deliveredAt)
            implements ParcelEvent {}
}
