package dev.gavel.bench;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// The peer: a correct place-bid that writes each bid by itself. It reads the auction's item, checks, and
/// writes the new state on condition that nobody has written since; if somebody has, it starts again. It
/// keeps no bid history, knows no repeated requests and publishes nothing, which all is to its advantage.
public final class NaivePlaceBid implements UseCase<NaivePlaceBid.Command, NaivePlaceBid.Receipt> {

    static final String TABLE = "bench-naive";
    private static final int ATTEMPTS = 200;

    /// The same request as Gavel's.
    public record Command(AuctionId auctionId, Money maximum) {}

    /// The part of Gavel's answer that this peer knows.
    public record Receipt(
            AuctionId auctionId, long bidNumber, String outcome, Money price, Instant acceptedAt, Money yourMaximum) {}

    /// Why not.
    sealed interface BidRejected extends Rejection {
        record TooLow(Money minimum) implements BidRejected {
            @Override
            public Kind kind() {
                return Kind.CONFLICT;
            }

            @Override
            public String detail() {
                return "Bid at least " + minimum + ".";
            }
        }

        record AuctionEnded() implements BidRejected {
            @Override
            public Kind kind() {
                return Kind.CONFLICT;
            }

            @Override
            public String detail() {
                return "Bidding has ended.";
            }
        }
    }

    private final DynamoDbClient client;

    NaivePlaceBid(DynamoDbClient client) {
        this.client = client;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        AuctionId id = call.command().auctionId();
        String bidder = call.user().value();
        long maximum = call.command().maximum().minorUnits();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<String, AttributeValue> item = client.getItem(
                            get -> get.tableName(TABLE).key(key(id)).consistentRead(true))
                    .item();
            ProxyState before = state(item);
            if (!call.receivedAt().isBefore(Instant.ofEpochMilli(number(item, "endsAt")))) {
                return Outcome.rejected(new BidRejected.AuctionEnded());
            }
            long minimum = before.minimum(bidder);
            if (maximum < minimum) {
                return Outcome.rejected(new BidRejected.TooLow(Money.krw(minimum)));
            }
            ProxyState after = before.take(bidder, maximum);
            if (write(id, before, after)) {
                String outcome = bidder.equals(after.leader()) ? "leading" : "outbid";
                return Outcome.accepted(new Receipt(
                        id,
                        after.bids(),
                        outcome,
                        Money.krw(after.price()),
                        call.receivedAt(),
                        call.command().maximum()));
            }
        }
        throw new Unavailable("the write lost " + ATTEMPTS + " races");
    }

    private boolean write(AuctionId id, ProxyState before, ProxyState after) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":leader", AttributeValue.fromS(String.valueOf(after.leader())));
        values.put(":highest", n(after.highest()));
        values.put(":second", n(after.second()));
        values.put(":price", n(after.price()));
        values.put(":bids", n(after.bids()));
        values.put(":before", n(before.bids()));
        try {
            client.updateItem(update -> update.tableName(TABLE)
                    .key(key(id))
                    .updateExpression("SET leader = :leader, highest = :highest, #second = :second, price = :price,"
                            + " bids = :bids")
                    .conditionExpression("bids = :before")
                    .expressionAttributeNames(Map.of("#second", "second"))
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /// The item of an auction nobody has bid on yet.
    static Map<String, AttributeValue> item(String id, long startPrice, Instant endsAt) {
        return Map.of(
                "id", AttributeValue.fromS(id),
                "highest", n(0),
                "second", n(-1),
                "price", n(startPrice),
                "bids", n(0),
                "endsAt", n(endsAt.toEpochMilli()));
    }

    private static ProxyState state(Map<String, AttributeValue> item) {
        AttributeValue leader = item.get("leader");
        return new ProxyState(
                leader == null ? null : leader.s(),
                number(item, "highest"),
                number(item, "second"),
                number(item, "price"),
                number(item, "bids"));
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("the auction's item has no " + name);
        }
        return Long.parseLong(value.n());
    }

    private static Map<String, AttributeValue> key(AuctionId id) {
        return Map.of("id", AttributeValue.fromS(id.value()));
    }

    private static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
