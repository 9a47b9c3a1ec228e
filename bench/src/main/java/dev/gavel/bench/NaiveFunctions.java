package dev.gavel.bench;

import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Repeats;
import dev.gavel.runtime.ReceiptTime;
import java.time.Clock;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The peers of place-bid, on the same host, with the same route and the same check of tokens.
@Lazy
@Import(DynamoPlatform.class)
@Configuration(proxyBeanMethods = false)
public class NaiveFunctions {

    static final String SENT_AT = "bench-sent-at";

    /// A bid counts as received when the client sent it. On a busy machine the server takes what has
    /// arrived in any order, and bids that arrived together would overtake each other and be too low.
    @Bean
    ReceiptTime receiptTime(Clock clock) {
        return headers -> {
            String at = headers.get(SENT_AT);
            return at == null ? clock.instant() : Instant.parse(at);
        };
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/bids", success = 201, repeats = Repeats.OWN)
    public NaivePlaceBid naivePlaceBid(DynamoDbClient client) {
        return new NaivePlaceBid(client);
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/bids", success = 201, repeats = Repeats.OWN)
    public FloorPlaceBid floorPlaceBid() {
        return new FloorPlaceBid();
    }
}
