package dev.gavel.shipping;

import static dev.gavel.shipping.Post.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.ParcelEvent;
import dev.gavel.events.ParcelEvent.ParcelDelivered;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.ReceiptTime;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.simulators.CarrierSimulator;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import dev.gavel.testkit.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context as their callers see them, over HTTP, on a real store and with carriers
/// that have books of their own.
class ShippingFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();
    private static final MovableClock CLOCK = MovableClock.at(Post.NOON);
    private static final CarrierSimulator CARRIERS = new CarrierSimulator();

    private static FunctionHost resources;
    private static FunctionHost tracking;
    private static FunctionHost polling;

    private final OrderId order = Post.nextOrder();
    private final Waybill waybill = Post.waybill(order);
    private final String path = "/v1/orders/" + order;

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix()).create(client, "parcels", "outbox", "idempotency", "inbox");
        }
        resources = host("getShipment,returnShipment,handleCarrierWebhook");
        tracking = host("trackShipment");
        polling = host("pollCarriers");
    }

    @AfterAll
    static void stop() {
        List.of(resources, tracking, polling).forEach(FunctionHost::close);
        CARRIERS.close();
    }

    @Test
    void aParcelIsFollowedThereAndBack() {
        deliver(3, Post.shipped(order, waybill));
        move(waybill, "delivered");
        assertThat(webhook(waybill.carrier(), waybill.trackingNumber(), "delivered")
                        .status())
                .isEqualTo(202);
        assertThat(stage(0)).isEqualTo("registered");
        poll();
        assertThat(stage(0)).isEqualTo("delivered");

        Map<String, String> back =
                Map.of("carrier", "epost", "trackingNumber", "B" + order.value().substring(4));
        assertThat(as(Post.BUYER).post(path + "/return", back).status()).isEqualTo(409);
        deliver(4, Post.disputed(order));
        Answer sent = as(Post.BUYER).post(path + "/return", back);
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        move(new Waybill("epost", back.getOrDefault("trackingNumber", "")), "delivered");
        CLOCK.advance(Duration.ofMinutes(15));
        poll();
        poll();

        assertThat(stage(1)).isEqualTo("delivered");
        assertThat(facts()).hasExactlyElementsOfTypes(ParcelDelivered.class, ParcelDelivered.class);
        assertThat(facts())
                .extracting(ParcelEvent::direction)
                .extracting(Enum::name)
                .containsExactly("OUTBOUND", "RETURN");
    }

    @Test
    void aShipmentDeliveredTwoHundredTimesIsOneParcel() {
        for (int i = 0; i < 200; i++) {
            // Some are new to the inbox, as when its records have expired.
            deliver(3 + i % 10, Post.shipped(order, waybill));
        }
        move(waybill, "accepted");
        move(waybill, "delivered");
        for (int i = 0; i < 20; i++) {
            webhook(waybill.carrier(), waybill.trackingNumber(), "in-transit");
            poll();
        }
        assertThat(facts()).hasExactlyElementsOfTypes(ParcelDelivered.class);
        assertThat(as(Post.SELLER).get(path + "/shipment").json().at("/parcels/0/passed"))
                .hasSize(3);
    }

    @Test
    void somebodyElsesParcelLooksLikeNone() {
        deliver(3, Post.shipped(order, waybill));
        Answer others = as(Post.STRANGER).get(path + "/shipment");
        Answer none = as(Post.STRANGER).get("/v1/orders/" + Post.nextOrder() + "/shipment");
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.json()).isEqualTo(none.json());
        assertThat(as(Post.STRANGER)
                        .post(path + "/return", Map.of("carrier", "epost", "trackingNumber", "1"))
                        .status())
                .isEqualTo(404);
        assertThat(FunctionCaller.of(resources.uri()).get(path + "/shipment").status())
                .isEqualTo(401);
    }

    @Test
    void aWebhookTellsNobodyWhichNumbersAreKnown() {
        deliver(3, Post.shipped(order, waybill));
        Answer known = webhook(waybill.carrier(), waybill.trackingNumber(), "delivered");
        Answer unknown = webhook("epost", "0000", "delivered");
        assertThat(known.status()).isEqualTo(202).isEqualTo(unknown.status());
        assertThat(known.text()).isEqualTo(unknown.text());
        assertThat(stage(0)).isEqualTo("registered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"carrier\":\"../x\",\"trackingNumber\":\"?\"} | 202",
                "{\"carrier\":\"epost\",\"trackingNumber\":\"1\",\"more\":{\"a\":[1]},\"another\":null} | 202",
                "{\"carrier\":\"epost\"} | 422",
                "{\"carrier\":5,\"trackingNumber\":\"1\"} | 422",
                "{} | 422",
                "[] | 400",
                "{ | 400",
            })
    void garbageForTheWebhookHasNoEffect(String body, int status) {
        int before = CARRIERS.questions();
        Answer answer = FunctionCaller.of(resources.uri()).send("POST", "/v1/webhooks/carrier", body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(CARRIERS.questions()).isEqualTo(before);
    }

    private static void move(Waybill parcel, String stage) {
        CARRIERS.move(parcel.carrier(), parcel.trackingNumber(), stage, hour(0));
    }

    private static void poll() {
        assertThat(FunctionCaller.of(polling.uri()).tick().status()).isEqualTo(202);
    }

    private static Answer webhook(String carrier, String number, String stage) {
        return FunctionCaller.of(resources.uri())
                .send(
                        "POST",
                        "/v1/webhooks/carrier",
                        Map.of("carrier", carrier, "trackingNumber", number, "stage", stage),
                        Map.of());
    }

    private String stage(int parcel) {
        Answer answer = as(Post.BUYER).get(path + "/shipment");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/parcels/" + parcel + "/stage").asString();
    }

    private static void deliver(long sequence, OrderEvent event) {
        Answer answer =
                FunctionCaller.of(tracking.uri()).deliver(new Fact<>("/functions/test", sequence, Post.NOON, event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    private List<ParcelEvent> facts() {
        return FACTS.facts().stream()
                .map(Fact::data)
                .filter(ParcelEvent.class::isInstance)
                .map(ParcelEvent.class::cast)
                .filter(event -> event.orderId().equals(order))
                .toList();
    }

    private static FunctionCaller as(UserId user) {
        return FunctionCaller.of(resources.uri()).withToken(user.value());
    }

    private static FunctionHost host(String definition) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("GAVEL_CONTEXT", "shipping")
                .with("GAVEL_LOG", "off")
                .with("GAVEL_CARRIERS_URL", CARRIERS.uri().toString())
                .with("GAVEL_CARRIERS_TOKEN", CarrierSimulator.TOKEN)
                .with("GAVEL_CARRIERS_TIMEOUT", "15");
        ReceiptTime receipt = _ -> CLOCK.instant();
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS, "receiptTime", receipt),
                ShippingFunctions.class);
    }
}
