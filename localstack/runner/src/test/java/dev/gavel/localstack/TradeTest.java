package dev.gavel.localstack;

import static dev.gavel.localstack.Api.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.localstack.Api.Answer;
import dev.gavel.orders.OrderFunctions;
import dev.gavel.payments.PaymentFunctions;
import dev.gavel.runtime.Catalogue;
import dev.gavel.shipping.ShippingFunctions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// After the hammer: the order, the money and the parcel, on the whole platform.
class TradeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /// What a route that takes something is sent, by the end of its path.
    private static final Map<String, Map<String, ?>> BODIES = Map.of(
            "/shipment", Map.of("carrier", "epost", "trackingNumber", "1"),
            "/return", Map.of("carrier", "epost", "trackingNumber", "1"),
            "/dispute", Map.of("reason", "x"),
            "/resolve", Map.of("toBuyer", won("10000")),
            "/payment/confirm", Map.of("paymentKey", "forged", "amount", won("10000")));

    private final RunningPlatform platform = RunningPlatform.shared();
    private final URI gateway = platform.url();
    private final Api seller = Api.newUser(gateway, "seller");
    private final Api buyer = Api.newUser(gateway, "buyer");

    @Test
    void soldPaidShippedConfirmedAndPaidOut() throws Exception {
        String order = sold(seller, buyer);
        String payment = order + "/payment";
        Answer due = awaitText(buyer, payment, "/status", "due");
        assertThat(due.text("/amount/amount")).isEqualTo("10000");

        assertThat(buyer.post(payment + "/confirm", Map.of("paymentKey", "forged", "amount", won("1")))
                        .status())
                .isEqualTo(422);
        Answer paid =
                buyer.post(payment + "/confirm", Map.of("paymentKey", agreed(order, 10_000), "amount", won("10000")));
        assertThat(paid.status()).as(paid.body().toString()).isEqualTo(200);
        awaitText(seller, order, "/status", "paid");
        assertThat(seller.post(order + "/shipment", Map.of("carrier", "epost", "trackingNumber", "640012345678"))
                        .status())
                .isEqualTo(200);
        assertThat(buyer.post(order + "/confirm", Map.of()).status()).isEqualTo(200);

        awaitText(buyer, order, "/status", "completed");
        Answer settled = awaitText(seller, payment, "/payout", "sent");
        assertThat(settled.text("/credited/amount")).isEqualTo("9700");
        assertThat(settled.text("/fee/amount")).isEqualTo("300");
        assertThat(Api.newUser(gateway, "stranger").get(order).status()).isEqualTo(404);
    }

    @Test
    void aDisputeSendsTheMoneyBack() throws Exception {
        String order = sold(seller, buyer);
        String payment = order + "/payment";
        awaitText(buyer, payment, "/status", "due");
        assertThat(buyer.post(payment + "/confirm", Map.of("paymentKey", agreed(order, 10_000), "amount", won("10000")))
                        .status())
                .isEqualTo(200);
        awaitText(seller, order, "/status", "paid");
        seller.post(order + "/shipment", Map.of("carrier", "epost", "trackingNumber", "1"));
        assertThat(buyer.post(order + "/dispute", Map.of("reason", "빈 상자였어요")).status())
                .isEqualTo(200);
        Api operator = new Api(
                gateway,
                new Api(gateway, null)
                        .post("/v1/tokens", Map.of("email", Demo.EMAIL, "password", Demo.PASSWORD))
                        .text("/accessToken"));
        assertThat(operator.post(order + "/dispute/resolve", Map.of("toBuyer", won("10000")))
                        .status())
                .isEqualTo(200);

        awaitText(buyer, order, "/status", "refunded");
        assertThat(buyer.get(payment).text("/refunded/amount")).isEqualTo("10000");
    }

    @Test
    void aForeignTokenSeesAndMovesNothing() {
        String order = sold(seller, buyer);
        awaitText(buyer, order + "/payment", "/status", "due");
        Api stranger = Api.newUser(gateway, "stranger");
        String id = order.substring(order.lastIndexOf('/') + 1);
        Answer before = buyer.get(order);
        int asked = 0;
        for (Catalogue.Entry useCase : Catalogue.of(
                        OrderFunctions.class, PaymentFunctions.class, ShippingFunctions.class)
                .useCases()) {
            Catalogue.Resource route = useCase.http().orElse(null);
            if (route == null || !route.path().contains("{orderId}")) {
                continue;
            }
            String path = route.path().replace("{orderId}", id);
            Answer answer = route.method().equals("GET")
                    ? stranger.get(path)
                    : stranger.post(
                            path,
                            BODIES.entrySet().stream()
                                    .filter(body -> path.endsWith(body.getKey()))
                                    .<Map<String, ?>>map(Map.Entry::getValue)
                                    .findFirst()
                                    .orElse(Map.of()));
            assertThat(answer.status()).as(path + " " + answer.body()).isIn(403, 404);
            asked++;
        }
        assertThat(asked).isEqualTo(12);
        assertThat(buyer.get(order).body()).isEqualTo(before.body());
        // The same path with the right token is no 404.
        assertThat(buyer.get(order + "/payment").status()).isEqualTo(200);
        assertThat(buyer.post(order + "/cancel", Map.of()).status()).isEqualTo(200);
    }

    /// The path of the order of something that the buyer has bought at once.
    private static String sold(Api seller, Api buyer) {
        Answer opened = seller.post(
                "/v1/auctions",
                Map.of("title", "Lens", "startPrice", won("1000"), "buyNow", won("10000"), "duration", "PT1H"));
        assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
        assertThat(buyer.post("/v1/auctions/" + opened.text("/auctionId") + "/bids", Map.of("buyNow", won("10000")))
                        .status())
                .isEqualTo(201);
        String order = "/v1/orders/ord_" + opened.text("/auctionId").substring("auc_".length());
        awaitText(buyer, order, "/status", "awaiting-payment");
        return order;
    }

    private static Answer awaitText(Api as, String path, String pointer, String text) {
        return await(path + " " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> as.get(path), answer -> answer.text(pointer).equals(text));
    }

    /// What the buyer does on the payment gateway's own page.
    private String agreed(String order, long amount) throws IOException, InterruptedException {
        String id = order.substring(order.lastIndexOf('/') + 1);
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(
                            HttpRequest.newBuilder(URI.create(platform.read("payment-gateway"))
                                            .resolve("/simulator/authorizations"))
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"orderId\":\"" + id + "\",\"amount\":" + amount + "}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return body.replaceAll(".*\"paymentKey\":\"([^\"]+)\".*", "$1");
        }
    }
}
