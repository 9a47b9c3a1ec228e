package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The state of the payment of one order.
///
/// @param terms absent as long as only the cancellation of the order has arrived
/// @param since when it came into this status
/// @param cancelled whether the order was given up
/// @param tries how often the buyer has asked to confirm it
/// @param paymentKey what the gateway calls it, of the last try
/// @param patience when to look after it again, as long as somebody has to
/// @param trouble the last thing that went wrong with the gateway or the payout, for operators; a decline's
/// code too
/// @param writes counts the writes; every write names the one it was decided on
/// @param facts how many facts have been established about it
@JsonInclude(JsonInclude.Include.NON_NULL)
record Payment(
        PaymentId paymentId,
        OrderId orderId,
        @Nullable Terms terms,
        Status status,
        Instant since,
        boolean cancelled,
        int tries,
        @Nullable PaymentKey paymentKey,
        @Nullable Division division,
        Payout payout,
        Patience patience,
        @Nullable String trouble,
        long writes,
        long facts) {

    enum Status {
        /// The buyer is to pay.
        @JsonProperty("due")
        DUE,
        /// The gateway was asked to take the money, or is about to be.
        @JsonProperty("confirming")
        CONFIRMING,
        /// The money is in escrow.
        @JsonProperty("held")
        HELD,
        /// It is decided who gets it; the buyer's part is on its way back.
        @JsonProperty("settling")
        SETTLING,
        /// Everybody has, or is owed by us, what was decided.
        @JsonProperty("settled")
        SETTLED,
        /// The order was given up and no money is known of.
        @JsonProperty("void")
        VOID
    }

    /// What became of the seller's part.
    enum Payout {
        @JsonProperty("none")
        NONE,
        @JsonProperty("owed")
        OWED,
        /// The provider was asked to send it, or is about to be.
        @JsonProperty("sending")
        SENDING,
        @JsonProperty("sent")
        SENT
    }

    /// @param next when to look after it again
    /// @param asks how often that was done in vain
    record Patience(Instant next, int asks) {

        private static final Duration FIRST = Duration.ofSeconds(10);
        private static final int MOST_DOUBLED = 6;

        static Patience none(Instant now) {
            return new Patience(now, 0);
        }

        static Patience first(Instant now) {
            return new Patience(now.plus(FIRST), 0);
        }

        /// Twice as long each time, up to 640 seconds, so that hopeless ones do not crowd out others.
        Patience longer(Instant now) {
            return new Patience(now.plus(FIRST.multipliedBy(1L << Math.min(asks + 1, MOST_DOUBLED))), asks + 1);
        }
    }

    /// A payment that nobody knew of before.
    static Payment first(OrderId order, @Nullable Terms terms, Status status, Instant now) {
        return new Payment(
                PaymentId.of(order),
                order,
                terms,
                status,
                now,
                status == Status.VOID,
                0,
                null,
                null,
                Payout.NONE,
                Patience.none(now),
                null,
                1,
                0);
    }

    /// Who pays whom.
    ///
    /// @throws IllegalStateException when that is not known yet
    Terms agreed() {
        if (terms == null) {
            throw new IllegalStateException(paymentId + " has no terms yet");
        }
        return terms;
    }

    /// How it was divided.
    Division divided() {
        return Objects.requireNonNull(division, "not divided");
    }

    /// What the gateway calls it.
    PaymentKey key() {
        return Objects.requireNonNull(paymentKey, "no payment key");
    }

    boolean boughtBy(UserId user) {
        return terms != null && terms.buyerId().equals(user);
    }

    boolean soldBy(UserId user) {
        return terms != null && terms.sellerId().equals(user);
    }

    /// Who has to look after it, if anybody.
    Payments.@Nullable Queue queue() {
        return switch (status) {
            case CONFIRMING -> Payments.Queue.CONFIRMING;
            case SETTLING -> Payments.Queue.SETTLING;
            case SETTLED -> payout == Payout.OWED || payout == Payout.SENDING ? Payments.Queue.OWED : null;
            case DUE, HELD, VOID -> null;
        };
    }

    PaymentChange change() {
        return new PaymentChange(this);
    }
}
