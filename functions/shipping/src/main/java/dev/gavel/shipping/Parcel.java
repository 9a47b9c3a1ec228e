package dev.gavel.shipping;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.ParcelId;
import dev.gavel.kernel.ParcelId.Direction;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of one parcel. {@link ParcelRules} says how it changes.
///
/// @param sentAt when the sender told of it; nothing a carrier tells counts as earlier
/// @param stage the furthest it has come
/// @param passed every stage it is known to have passed, the oldest first
/// @param disputed whether the buyer of its order is not content, so that it may come back
/// @param decided whether its order is over: nobody needs to know more
/// @param patience when to ask the carrier; absent when nobody is to be asked
/// @param writes counts the writes; every write names the one it was decided on
/// @param facts how many facts have been established about it
@JsonInclude(JsonInclude.Include.NON_NULL)
record Parcel(
        ParcelId parcelId,
        OrderId orderId,
        Direction direction,
        UserId sellerId,
        UserId buyerId,
        Waybill waybill,
        Instant sentAt,
        Stage stage,
        List<Passed> passed,
        boolean disputed,
        boolean decided,
        @Nullable Patience patience,
        long writes,
        long facts) {

    /// @param next when to ask
    /// @param asks how often it was asked in vain
    record Patience(Instant next, int asks) {

        private static final Duration FIRST = Duration.ofMinutes(15);
        private static final Duration LONGEST = Duration.ofHours(6);
        private static final int MOST_DOUBLED = 5;

        static Patience first(Instant now) {
            return new Patience(now.plus(FIRST), 0);
        }

        /// Twice as long each time, up to 6 hours.
        Patience longer(Instant now) {
            Duration wait = FIRST.multipliedBy(1L << Math.min(asks + 1, MOST_DOUBLED));
            return new Patience(now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST), asks + 1);
        }
    }

    /// A parcel that was just told of, as its first write.
    static Parcel sent(
            OrderId order,
            Direction direction,
            UserId seller,
            UserId buyer,
            Waybill waybill,
            Instant sentAt,
            Instant now) {
        return new Parcel(
                ParcelId.of(order, direction),
                order,
                direction,
                seller,
                buyer,
                waybill,
                sentAt,
                Stage.REGISTERED,
                List.of(new Passed(Stage.REGISTERED, sentAt, null)),
                false,
                false,
                Patience.first(now),
                1,
                0);
    }

    boolean isOf(UserId user) {
        return user.equals(sellerId) || user.equals(buyerId);
    }

    /// Whether the carrier is to be asked by then.
    boolean isDue(Instant now) {
        return patience != null && !patience.next().isAfter(now);
    }

    Parcel at(Stage furthest, List<Passed> stages) {
        return with(furthest, stages, disputed, decided, patience);
    }

    Parcel with(@Nullable Patience other) {
        return with(stage, passed, disputed, decided, other);
    }

    Parcel withDispute() {
        return with(stage, passed, true, decided, patience);
    }

    Parcel withDecision() {
        return with(stage, passed, disputed, true, null);
    }

    private Parcel with(
            Stage furthest, List<Passed> stages, boolean dispute, boolean decision, @Nullable Patience other) {
        return new Parcel(
                parcelId, orderId, direction, sellerId, buyerId, waybill, sentAt, furthest, stages, dispute, decision,
                other, writes, facts);
    }

    /// The same state as the next write, with a fact or without.
    Parcel written(boolean told) {
        return new Parcel(
                parcelId,
                orderId,
                direction,
                sellerId,
                buyerId,
                waybill,
                sentAt,
                stage,
                passed,
                disputed,
                decided,
                patience,
                writes + 1,
                told ? facts + 1 : facts);
    }

    /// When it came to its stage, and where.
    Passed latest() {
        return passed.stream()
                .filter(one -> one.stage() == stage)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(parcelId + " has not passed " + stage));
    }
}
