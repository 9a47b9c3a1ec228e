package dev.gavel.auctions;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Measures;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Makes the use case as `AuctionFunctions` does, for hosts that know nothing of Spring.
public final class PlaceBids {

    private PlaceBids() {}

    public static PlaceBid over(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new PlaceBid(new BidLanes(
                new DynamoAuctions(client, tables, outbox), BidLanes.Limits.DEFAULT, new BidNumbers(new Measures())));
    }
}
