package dev.gavel.payments;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.HttpRoute.Repeats;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnEvent;
import dev.gavel.runtime.OnTick;
import dev.gavel.runtime.Settings;
import java.net.URI;
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
public class PaymentFunctions {

    /// Two calls to the gateway fit into one request.
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    @Bean
    @OnEvent({OrderPlaced.class, OrderCancelled.class})
    public ExpectPayment expectPayment(Payments payments) {
        return new ExpectPayment(payments);
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/payment/checkout")
    public OpenCheckout openCheckout(Payments payments, PaymentGateway gateway, Settings settings) {
        return new OpenCheckout(payments, gateway, settings.address("GAVEL_WEB_URL"));
    }

    @Bean
    @HttpRoute("POST /v1/orders/{orderId}/payment/confirm")
    public ConfirmPayment confirmPayment(Payments payments, Cashier cashier) {
        return new ConfirmPayment(payments, cashier);
    }

    @Bean
    @HttpRoute("GET /v1/orders/{orderId}/payment")
    public GetPayment getPayment(Payments payments) {
        return new GetPayment(payments);
    }

    @Bean
    @HttpRoute(value = "POST /v1/webhooks/toss", access = Access.ANYONE, repeats = Repeats.NONE)
    public HandleGatewayWebhook handleGatewayWebhook(Payments payments, Cashier cashier) {
        return new HandleGatewayWebhook(payments, cashier);
    }

    @Bean
    @OnTick
    public CheckPayments checkPayments(Payments payments, Cashier cashier, Measures measures) {
        return new CheckPayments(payments, cashier, measures);
    }

    @Bean
    @OnEvent(OrderDecided.class)
    public SettlePayment settlePayment(Payments payments, Cashier cashier) {
        return new SettlePayment(payments, cashier, Fees.STANDARD);
    }

    @Bean
    @OnTick
    public PayOut payOut(Payments payments, Cashier cashier, Payouts payouts) {
        return new PayOut(payments, cashier, payouts);
    }

    @Bean
    @OnTick
    public ReconcileLedger reconcileLedger(
            Payments payments,
            Reconciliations reconciliations,
            PaymentGateway gateway,
            Cashier cashier,
            Measures measures) {
        return new ReconcileLedger(payments, reconciliations, gateway, cashier, measures);
    }

    @Bean
    @HttpRoute(value = "GET /v1/payments/reconciliation", access = Access.OPERATOR)
    public GetReconciliation getReconciliation(Reconciliations reconciliations) {
        return new GetReconciliation(reconciliations);
    }

    @Bean
    @OnTick
    public RelayFacts relayPaymentFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Cashier cashier(Payments payments, PaymentGateway gateway) {
        return new Cashier(payments, gateway);
    }

    @Bean
    Payments payments(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoPayments(client, tables, outbox);
    }

    @Bean
    Reconciliations reconciliations(DynamoDbClient client, DynamoTables tables) {
        return new DynamoReconciliations(client, tables);
    }

    @Bean(destroyMethod = "close")
    PaymentGateway paymentGateway(Settings settings) {
        URI base = settings.find("GAVEL_TOSS_URL").isPresent()
                ? settings.address("GAVEL_TOSS_URL")
                : URI.create(TossPaymentGateway.PRODUCTION);
        return new TossPaymentGateway(
                base, settings.text("GAVEL_TOSS_SECRET_KEY"), settings.duration("GAVEL_TOSS_TIMEOUT", TIMEOUT));
    }

    @Bean(destroyMethod = "close")
    Payouts payouts(Settings settings) {
        return new HttpPayouts(
                settings.address("GAVEL_PAYOUTS_URL"),
                settings.find("GAVEL_PAYOUTS_TOKEN").orElse(null),
                settings.duration("GAVEL_PAYOUTS_TIMEOUT", TIMEOUT));
    }
}
