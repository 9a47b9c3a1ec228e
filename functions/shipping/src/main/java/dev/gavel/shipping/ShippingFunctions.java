package dev.gavel.shipping;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderShipped;
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
public class ShippingFunctions {

    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    @Bean
    @OnEvent({OrderShipped.class, OrderDisputed.class, OrderDecided.class})
    public TrackShipment trackShipment(Parcels parcels, Depot depot) {
        return new TrackShipment(parcels, depot);
    }

    @Bean
    @HttpRoute("GET /v1/orders/{orderId}/shipment")
    public GetShipment getShipment(Parcels parcels) {
        return new GetShipment(parcels);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/return")
    public ReturnShipment returnShipment(Parcels parcels) {
        return new ReturnShipment(parcels);
    }

    @Bean
    @HttpRoute(value = "POST /v1/webhooks/carrier", access = Access.ANYONE, repeats = Repeats.NONE, success = 202)
    public HandleCarrierWebhook handleCarrierWebhook(Parcels parcels, Depot depot) {
        return new HandleCarrierWebhook(parcels, depot);
    }

    @Bean
    @OnTick
    public PollCarriers pollCarriers(Parcels parcels, Carriers carriers, Depot depot) {
        return new PollCarriers(parcels, carriers, depot);
    }

    @Bean
    @OnTick
    public RelayFacts relayParcelFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Depot depot(Parcels parcels) {
        return new Depot(parcels);
    }

    @Bean
    Parcels parcels(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoParcels(client, tables, outbox);
    }

    @Bean(destroyMethod = "close")
    Carriers carriers(Settings settings) {
        return new HttpCarriers(
                settings.address("GAVEL_CARRIERS_URL"),
                settings.find("GAVEL_CARRIERS_TOKEN").orElse(null),
                settings.duration("GAVEL_CARRIERS_TIMEOUT", TIMEOUT));
    }
}
