package dev.gavel.auctions;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;

import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.dynamo.DynamoListing;
import dev.gavel.dynamo.DynamoPage;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Who has bid where, in the table `bidding`: one item per bidder and auction with the number of the newest bid.
final class DynamoBiddings implements Biddings {

    private final DynamoDbClient client;
    private final String table;
    private final DynamoListing byBidder;

    DynamoBiddings(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("bidding");
        this.byBidder = DynamoListing.ofTable(client, table, "bidderId", "auctionId");
    }

    @Override
    public void remember(UserId bidder, AuctionId auction, long number) {
        try {
            DynamoWrites.call(
                    "bidding of " + bidder,
                    () -> client.updateItem(update -> update.tableName(table)
                            .key(Map.of("bidderId", s(bidder.value()), "auctionId", s(auction.value())))
                            .updateExpression("SET newest = :number")
                            .conditionExpression("attribute_not_exists(newest) OR newest < :number")
                            .expressionAttributeValues(Map.of(":number", n(number)))));
        } catch (StaleWrite _) {
            // A newer bid is remembered already: this fact came late or again.
        }
    }

    @Override
    public Slice<AuctionId> of(UserId bidder, int limit, @Nullable String cursor) {
        if (cursor != null) {
            AuctionId _ = new AuctionId(cursor);
        }
        DynamoPage<AuctionId> page =
                byBidder.descending(bidder.value(), limit, cursor).map(item -> new AuctionId(text(item, "auctionId")));
        return new Slice<>(page.rows(), page.cursor());
    }
}
