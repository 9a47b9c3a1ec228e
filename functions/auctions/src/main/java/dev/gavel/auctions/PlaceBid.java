package dev.gavel.auctions;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.JsonStreams;
import dev.gavel.events.JsonWritten;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Places a bid: a hidden maximum that is defended step by step (or, by the rules of the auction, the amount itself),
/// or the price to buy at once. Nobody is told "accepted" before the bid is committed, and a bid sent again with the
/// same `Idempotency-Key` gets its first answer. A refused bid leaves no trace, its key stays unused. Refusals:
/// {@link BidRejected}.
public final class PlaceBid implements UseCase<PlaceBid.Command, PlaceBid.Receipt> {

    /// Exactly one of `maximum` and `buyNow`.
    public record Command(
            AuctionId auctionId,
            @Nullable Money maximum,
            @Nullable Money buyNow) {}

    /// How the bid stood right after it was accepted.
    public enum Standing {
        @JsonProperty("leading")
        LEADING,
        @JsonProperty("outbid")
        OUTBID,
        @JsonProperty("won")
        WON
    }

    /// @param bidNumber counts the accepted bids of the auction from 1
    /// @param price what the leader would pay right after this bid
    /// @param minimumBid the least the next bid must come to
    /// @param acceptedAt when the server received the bid
    public record Receipt(
            AuctionId auctionId,
            long bidNumber,
            Standing outcome,
            Money price,
            Money minimumBid,
            boolean reserveMet,
            Instant endsAt,
            Instant acceptedAt,
            Money yourMaximum)
            implements JsonWritten {

        @Override
        public void writeTo(JsonGenerator json) {
            json.writeStartObject();
            json.writeStringProperty("auctionId", auctionId.value());
            json.writeNumberProperty("bidNumber", bidNumber);
            json.writeStringProperty("outcome", outcome.name().toLowerCase(Locale.ROOT));
            JsonStreams.write(json, "price", price);
            JsonStreams.write(json, "minimumBid", minimumBid);
            json.writeBooleanProperty("reserveMet", reserveMet);
            json.writeStringProperty("endsAt", endsAt.toString());
            json.writeStringProperty("acceptedAt", acceptedAt.toString());
            JsonStreams.write(json, "yourMaximum", yourMaximum);
            json.writeEndObject();
        }
    }

    private final BidLanes lanes;

    PlaceBid(BidLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Command command = call.command();
        if ((command.maximum() == null) == (command.buyNow() == null)) {
            return Outcome.rejected(new BidRejected.AmountUnclear());
        }
        Money buyNow = command.buyNow();
        Money amount = buyNow == null ? Objects.requireNonNull(command.maximum()) : buyNow;
        Bid bid = new Bid(RequestKey.of(call), call.user(), amount, buyNow != null, call.receivedAt());
        return lanes.place(command.auctionId(), bid).map(entry -> receipt(command.auctionId(), entry));
    }

    private static Receipt receipt(AuctionId id, LedgerEntry entry) {
        Standing standing = entry.bid().buyNow() ? Standing.WON : entry.leads() ? Standing.LEADING : Standing.OUTBID;
        return new Receipt(
                id,
                entry.number(),
                standing,
                entry.price(),
                entry.minimumBid(),
                entry.reserveMet(),
                entry.endsAt(),
                entry.bid().receivedAt(),
                entry.bid().amount());
    }
}
