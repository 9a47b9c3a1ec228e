package dev.gavel.catalog;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.PictureEvent.PictureDeleted;
import dev.gavel.events.PictureEvent.PictureResized;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnEvent;
import dev.gavel.runtime.OnTick;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context, each with its route, event or schedule.
@Lazy
@Import(DynamoPlatform.class)
@Configuration(proxyBeanMethods = false)
public class CatalogFunctions {

    @Bean
    @HttpRoute(value = "POST /v1/products", success = 201)
    public CreateProduct createProduct(Products products, ShownPictures pictures, DescriptionRules rules, Ids ids) {
        return new CreateProduct(products, pictures, rules, ids);
    }

    @Bean
    @HttpRoute("PATCH /v1/products/{productId}")
    public UpdateProduct updateProduct(Products products, ShownPictures pictures, DescriptionRules rules) {
        return new UpdateProduct(products, pictures, rules);
    }

    @Bean
    @HttpRoute("POST /v1/products/{productId}/withdraw")
    public WithdrawProduct withdrawProduct(Products products) {
        return new WithdrawProduct(products);
    }

    @Bean
    @HttpRoute("POST /v1/products/{productId}/bump")
    public BumpProduct bumpProduct(Products products) {
        return new BumpProduct(products);
    }

    @Bean
    @HttpRoute(value = "GET /v1/products/{productId}", access = Access.ANYONE)
    public GetProduct getProduct(Products products) {
        return new GetProduct(products);
    }

    @Bean
    @HttpRoute(value = "GET /v1/products", access = Access.ANYONE)
    public FindProducts findProducts(Products products) {
        return new FindProducts(products);
    }

    @Bean
    @HttpRoute(value = "GET /v1/categories", access = Access.ANYONE, cacheSeconds = 3_600)
    public ListCategories listCategories(Categories categories) {
        return new ListCategories(categories);
    }

    @Bean
    @OnEvent({AuctionScheduled.class, AuctionOpened.class, AuctionClosed.class, AuctionCancelled.class})
    public TrackAuction trackAuction(Products products) {
        return new TrackAuction(products);
    }

    @Bean
    @OnEvent({PictureResized.class, PictureDeleted.class})
    public TrackPicture trackPicture(ShownPictures pictures) {
        return new TrackPicture(pictures);
    }

    @Bean
    @OnTick
    public RelayFacts relayCatalogFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Categories categories() {
        return Categories.published();
    }

    @Bean
    DescriptionRules descriptionRules(Categories categories) {
        return new DescriptionRules(categories, ProhibitedGoods.published());
    }

    @Bean
    ShownPictures shownPictures(DynamoDbClient client, DynamoTables tables) {
        return new DynamoShownPictures(client, tables);
    }

    @Bean
    Products products(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoProducts(client, tables, outbox);
    }
}
