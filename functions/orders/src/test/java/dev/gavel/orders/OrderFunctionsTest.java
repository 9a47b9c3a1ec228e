package dev.gavel.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.OrderId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context as their callers see them, over HTTP and on a real store.
class OrderFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();

    private static FunctionHost resources;
    private static FunctionHost placing;
    private static FunctionHost paying;

    private final FunctionCaller seller = as(Deal.SELLER.value());
    private final FunctionCaller anna = as(Deal.ANNA.value());

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix()).create(client, "orders", "outbox", "idempotency", "inbox");
        }
        resources = host("getOrder,listOrders,cancelOrder,registerShipment,confirmDelivery,confirmPurchase,openDispute,"
                + "resolveDispute");
        placing = host("placeOrder");
        paying = host("trackPayment");
    }

    @AfterAll
    static void stop() {
        resources.close();
        placing.close();
        paying.close();
    }

    @Test
    void soldPaidShippedAndConfirmed() {
        OrderId id = placed();
        String path = "/v1/orders/" + id;
        assertThat(anna.get(path).json().get("status").asString()).isEqualTo("awaiting-payment");

        deliver(paying, Deal.held(id), 1);
        Answer shipped =
                seller.post(path + "/shipment", Map.of("carrier", "cj-logistics", "trackingNumber", "640012345678"));
        assertThat(shipped.status()).as(shipped.text()).isEqualTo(200);
        assertThat(anna.post(path + "/confirm", Map.of()).status()).isEqualTo(200);
        deliver(paying, Deal.settled(id), 2);

        var order = seller.get(path).json();
        assertThat(order.get("status").asString()).isEqualTo("completed");
        assertThat(order.at("/decision/cause").asString()).isEqualTo("confirmed");
        assertThat(order.at("/history")).hasSize(5);
        assertThat(types(id)).containsExactly("placed", "paid", "shipped", "decided", "completed");
    }

    @Test
    void everyFactDeliveredTwoHundredTimesHasOneEffect() {
        AuctionId auction = Deal.nextAuction();
        OrderId id = OrderId.of(auction, 1);
        for (int i = 0; i < 200; i++) {
            deliver(placing, Deal.sold(auction), 1);
        }
        for (int i = 0; i < 200; i++) {
            deliver(paying, Deal.held(id), 1);
        }

        assertThat(types(id)).containsExactly("placed", "paid");
    }

    @Test
    void somebodyElsesOrderIsAsIfThereWereNone() {
        OrderId id = placed();
        String path = "/v1/orders/" + id;
        FunctionCaller stranger = as(Deal.STRANGER.value());

        assertThat(stranger.get(path).status()).isEqualTo(404);
        for (String step : List.of("/cancel", "/delivery", "/confirm")) {
            assertThat(stranger.post(path + step, Map.of()).status()).as(step).isEqualTo(404);
        }
        assertThat(stranger.post(path + "/dispute", Map.of("reason", "x")).status())
                .isEqualTo(404);
        assertThat(stranger.post(path + "/shipment", Map.of("carrier", "epost", "trackingNumber", "1"))
                        .status())
                .isEqualTo(404);
        assertThat(anna.post(path + "/dispute/resolve", Map.of("toBuyer", Map.of("amount", "1", "currency", "KRW")))
                        .status())
                .isEqualTo(403);
        assertThat(as("").get(path).status()).isEqualTo(401);
        assertThat(stranger.get("/v1/users/me/orders").json().get("orders")).isEmpty();
        assertThat(anna.get(path).json().get("status").asString()).isEqualTo("awaiting-payment");
    }

    @Test
    void anOperatorDecidesADispute() {
        OrderId id = placed();
        String path = "/v1/orders/" + id;
        deliver(paying, Deal.held(id), 1);
        seller.post(path + "/shipment", Map.of("carrier", "epost", "trackingNumber", "1"));
        assertThat(anna.post(path + "/dispute", Map.of("reason", "빈 상자였어요")).status())
                .isEqualTo(200);

        FunctionCaller operator = as(Deal.STRANGER + "+operator");
        assertThat(operator.get(path).json().get("dispute").asString()).isEqualTo("빈 상자였어요");
        Answer decided = operator.post(
                path + "/dispute/resolve", Map.of("toBuyer", Map.of("amount", "52000", "currency", "KRW")));
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
        deliver(paying, Deal.settled(id), 2);

        assertThat(anna.get(path).json().get("status").asString()).isEqualTo("refunded");
    }

    @Test
    void ordersAreListedForBothSides() {
        OrderId id = placed();

        assertThat(anna.get("/v1/users/me/orders")
                        .json()
                        .at("/orders/0/orderId")
                        .asString())
                .isEqualTo(id.value());
        assertThat(seller.get("/v1/users/me/orders?role=seller&limit=1")
                        .json()
                        .at("/orders/0/orderId")
                        .asString())
                .isEqualTo(id.value());
        assertThat(anna.get("/v1/users/me/orders?role=thief").status()).isEqualTo(422);
        assertThat(anna.get("/v1/users/me/orders?cursor=forged").status()).isEqualTo(422);
        assertThat(anna.get("/v1/orders/nonsense").status()).isEqualTo(404);
    }

    private static OrderId placed() {
        AuctionId auction = Deal.nextAuction();
        deliver(placing, Deal.sold(auction), 1);
        return OrderId.of(auction, 1);
    }

    private static List<String> types(OrderId id) {
        return FACTS.facts().stream()
                .filter(fact -> fact.subject().equals(id.value()))
                .map(fact -> fact.type().replaceAll("dev\\.gavel\\.order\\.|\\.v1", ""))
                .toList();
    }

    private static void deliver(FunctionHost to, MarketEvent event, long sequence) {
        Answer answer = FunctionCaller.of(to.uri()).deliver(new Fact<>("/functions/test", sequence, Deal.NOON, event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    private static FunctionCaller as(String user) {
        FunctionCaller caller = FunctionCaller.of(resources.uri());
        return user.isEmpty() ? caller : caller.withToken(user);
    }

    private static FunctionHost host(String definition) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("GAVEL_CONTEXT", "orders")
                .with("GAVEL_LOG", "error");
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS),
                OrderFunctions.class);
    }
}
