package dev.gavel.auctions;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.ProductEvent.ProductListed;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.events.ProductEvent.ProductWithdrawn;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.HttpRoute.Repeats;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnEvent;
import dev.gavel.runtime.OnTick;
import dev.gavel.runtime.Settings;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context, each with its route, event or schedule.
@Lazy
@Import(DynamoPlatform.class)
@Configuration(proxyBeanMethods = false)
public class AuctionFunctions {

    @Bean
    @HttpRoute(value = "POST /v1/auctions", success = 201)
    public OpenAuction openAuction(Auctions auctions, Offers offers, Ids ids, Settings settings) {
        Duration shortest = settings.duration("GAVEL_MINIMUM_DURATION", Duration.ofMinutes(1));
        return new OpenAuction(
                auctions, offers, Presets.published(), ids, new OpenAuction.Limits(shortest, Duration.ofDays(30)));
    }

    @Bean
    @HttpRoute(value = "GET /v1/auctions/{auctionId}", access = Access.ANYONE)
    public GetAuction getAuction(Auctions auctions, Offers offers) {
        return new GetAuction(auctions, offers);
    }

    @Bean
    @HttpRoute(value = "GET /v1/auctions", access = Access.ANYONE)
    public FindAuctions findAuctions(Auctions auctions) {
        return new FindAuctions(auctions);
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/bids", success = 201, repeats = Repeats.OWN)
    public PlaceBid placeBid(Auctions auctions, Measures measures) {
        return new PlaceBid(new BidLanes(auctions, BidLanes.Limits.DEFAULT, new BidNumbers(measures)));
    }

    @Bean
    @HttpRoute(value = "GET /v1/auctions/{auctionId}/bids", access = Access.ANYONE)
    public BidHistory bidHistory(Auctions auctions) {
        return new BidHistory(auctions);
    }

    @Bean
    @HttpRoute(value = "GET /v1/auctions/{auctionId}/deltas", access = Access.ANYONE)
    public ReplayAuction replayAuction(Auctions auctions) {
        return new ReplayAuction(auctions);
    }

    @Bean
    @HttpRoute("GET /v1/users/me/bidding")
    public MyBidding myBidding(Auctions auctions, Biddings biddings) {
        return new MyBidding(auctions, biddings);
    }

    @Bean
    @HttpRoute("POST /v1/auctions/{auctionId}/cancel")
    public CancelAuction cancelAuction(Auctions auctions) {
        return new CancelAuction(auctions);
    }

    @Bean
    @OnTick
    public StartAuction startAuction(Auctions auctions) {
        return new StartAuction(auctions);
    }

    @Bean
    @OnTick
    public CloseAuction closeAuction(Auctions auctions, Measures measures) {
        return new CloseAuction(auctions, measures);
    }

    @Bean
    @OnEvent(BidsAccepted.class)
    public IndexBidding indexBidding(Biddings biddings) {
        return new IndexBidding(biddings);
    }

    @Bean
    @OnEvent({ProductListed.class, ProductUpdated.class, ProductWithdrawn.class})
    public IndexProduct indexProduct(Auctions auctions, Offers offers) {
        return new IndexProduct(auctions, offers);
    }

    @Bean
    @OnEvent(OrderCancelled.class)
    public OfferSecondChance offerSecondChance(Auctions auctions) {
        return new OfferSecondChance(auctions);
    }

    @Bean
    @OnTick
    public RelayFacts relayAuctionFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Auctions auctions(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoAuctions(client, tables, outbox);
    }

    @Bean
    Offers offers(DynamoDbClient client, DynamoTables tables) {
        return new DynamoOffers(client, tables);
    }

    @Bean
    Biddings biddings(DynamoDbClient client, DynamoTables tables) {
        return new DynamoBiddings(client, tables);
    }
}
