package dev.gavel.orders;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnEvent;
import dev.gavel.runtime.OnTick;
import dev.gavel.runtime.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context, each with its route, event or schedule.
@Lazy
@Import(DynamoPlatform.class)
@Configuration(proxyBeanMethods = false)
public class OrderFunctions {

    @Bean
    @OnEvent({AuctionClosed.class, OfferMade.class})
    public PlaceOrder placeOrder(Orders orders, Terms terms) {
        return new PlaceOrder(orders, terms);
    }

    @Bean
    @OnEvent({PaymentHeld.class, PaymentSettled.class})
    public TrackPayment trackPayment(Desk desk) {
        return new TrackPayment(desk);
    }

    @Bean
    @OnEvent(ParcelDelivered.class)
    public TrackParcel trackParcel(Desk desk) {
        return new TrackParcel(desk);
    }

    @Bean
    @HttpRoute("GET /v1/orders/{orderId}")
    public GetOrder getOrder(Orders orders) {
        return new GetOrder(orders);
    }

    @Bean
    @HttpRoute("GET /v1/users/me/orders")
    public ListOrders listOrders(Orders orders) {
        return new ListOrders(orders);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/cancel")
    public CancelOrder cancelOrder(Orders orders, Desk desk) {
        return new CancelOrder(orders, desk);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/shipment")
    public RegisterShipment registerShipment(Desk desk) {
        return new RegisterShipment(desk);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/delivery")
    public ConfirmDelivery confirmDelivery(Desk desk) {
        return new ConfirmDelivery(desk);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/confirm")
    public ConfirmPurchase confirmPurchase(Desk desk) {
        return new ConfirmPurchase(desk);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/dispute")
    public OpenDispute openDispute(Desk desk) {
        return new OpenDispute(desk);
    }

    @Bean
    @HttpRoute(value = "POST /v1/orders/{orderId}/dispute/resolve", access = Access.OPERATOR)
    public ResolveDispute resolveDispute(Orders orders, Desk desk) {
        return new ResolveDispute(orders, desk);
    }

    @Bean
    @HttpRoute(value = "GET /v1/orders/disputed", access = Access.OPERATOR)
    public ListDisputes listDisputes(Orders orders) {
        return new ListDisputes(orders);
    }

    @Bean
    @OnTick
    public ExpireUnpaid expireUnpaid(Orders orders, Desk desk) {
        return new ExpireUnpaid(orders, desk);
    }

    @Bean
    @OnTick
    public RefundUnshipped refundUnshipped(Orders orders, Desk desk) {
        return new RefundUnshipped(orders, desk);
    }

    @Bean
    @OnTick
    public AutoConfirmPurchase autoConfirmPurchase(Orders orders, Desk desk) {
        return new AutoConfirmPurchase(orders, desk);
    }

    @Bean
    @OnTick
    public RefundReturned refundReturned(Orders orders, Desk desk) {
        return new RefundReturned(orders, desk);
    }

    @Bean
    @OnTick
    public RelayFacts relayOrderFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Desk desk(Orders orders, Terms terms) {
        return new Desk(orders, terms);
    }

    @Bean
    Terms terms(Settings settings) {
        Terms usual = Terms.DEFAULT;
        return new Terms(
                settings.duration("GAVEL_TIME_TO_PAY", usual.toPay()),
                settings.duration("GAVEL_TIME_TO_SHIP", usual.toShip()),
                settings.duration("GAVEL_TIME_TO_CONFIRM", usual.toConfirm()),
                settings.duration("GAVEL_TIME_TO_ARRIVE", usual.toArrive()),
                settings.duration("GAVEL_TIME_TO_DECIDE", usual.toDecide()));
    }

    @Bean
    Orders orders(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoOrders(client, tables, outbox);
    }
}
