package dev.gavel.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.events.ProductEvent.ProductListed;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.ProductId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context as their callers see them, over HTTP and on a real store.
class AuctionFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();

    private static FunctionHost resources;
    private static FunctionHost closing;
    private static FunctionHost indexing;
    private static FunctionHost offering;

    private final FunctionCaller seller = as(Auctioneer.SELLER.value());
    private final FunctionCaller anna = as(Auctioneer.ANNA.value());
    private final FunctionCaller bora = as(Auctioneer.BORA.value());

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix())
                    .create(client, "auctions", "auction-products", "bidding", "outbox", "idempotency", "inbox");
        }
        resources = host("openAuction,getAuction,findAuctions,placeBid,bidHistory,myBidding,cancelAuction");
        closing = host("closeAuction");
        indexing = host("indexBidding");
        offering = host("indexProduct");
    }

    @AfterAll
    static void stop() {
        resources.close();
        closing.close();
        indexing.close();
        offering.close();
    }

    @Test
    void anAuctionIsHeldFromItsOpeningToItsWinner() {
        String id = opened("PT8S", "hard-close");
        assertThat(bid(anna, id, "20000").json().get("outcome").asString()).isEqualTo("leading");
        assertThat(bid(bora, id, "15000").json().get("outcome").asString()).isEqualTo("outbid");
        Answer tooLow = bid(bora, id, "15000");
        assertThat(tooLow.status()).isEqualTo(409);
        assertThat(tooLow.json().get("minimum").get("amount").asString()).isEqualTo("16000");

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(FunctionCaller.of(closing.uri()).tick().status()).isEqualTo(202);
            assertThat(seller.get("/v1/auctions/" + id).json().get("status").asString())
                    .isEqualTo("closed");
        });

        var closed = seller.get("/v1/auctions/" + id).json();
        assertThat(closed.get("result").asString()).isEqualTo("sold");
        assertThat(closed.get("winner").asString()).isEqualTo(Auctioneer.ANNA.value());
        assertThat(closed.get("price").get("amount").asString()).isEqualTo("15500");
        assertThat(bid(bora, id, "90000").status()).isEqualTo(409);
        assertThat(FACTS.facts()).extracting(Fact::type).contains("dev.gavel.auction.closed.v1");
    }

    @Test
    void aRepeatedBidGetsItsFirstAnswer() {
        String id = opened("PT1H", "standard");
        Map<String, Object> body = Map.of("maximum", won("20000"));
        Answer first = anna.post("/v1/auctions/" + id + "/bids", body, "one-key");
        bid(bora, id, "30000");
        Answer again = anna.post("/v1/auctions/" + id + "/bids", body, "one-key");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        Answer other = anna.post("/v1/auctions/" + id + "/bids", Map.of("maximum", won("50000")), "one-key");
        assertThat(other.status()).isEqualTo(422);
        assertThat(seller.get("/v1/auctions/" + id).json().get("bidCount").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"maximum\":{\"amount\":\"-5\",\"currency\":\"KRW\"}}', 422",
        "'{\"maximum\":{\"amount\":\"9999999999999999\",\"currency\":\"KRW\"}}', 422",
        "'{\"maximum\":{\"amount\":\"20000\",\"currency\":\"USD\"}}', 422",
        "'{\"maximum\":{\"amount\":\"1.5\",\"currency\":\"KRW\"}}', 422",
        "'{\"maximum\":{\"amount\":20000,\"currency\":\"KRW\"}}', 422",
        "'{\"maximun\":{\"amount\":\"20000\",\"currency\":\"KRW\"}}', 422",
        "'{}', 422",
        "'{', 400",
        "'[]', 400"
    })
    void aBidThatMakesNoSenseChangesNothing(String body, int status) {
        String id = opened("PT1H", "standard");
        Answer answer = anna.post("/v1/auctions/" + id + "/bids", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("detail").asString()).isNotBlank();
        assertThat(seller.get("/v1/auctions/" + id).json().get("bidCount").asInt())
                .isZero();
    }

    @Test
    void whoMayNotIsToldSo() {
        String id = opened("PT1H", "standard");
        assertThat(bid(seller, id, "20000").status()).isEqualTo(403);
        assertThat(bid(as(""), id, "20000").status()).isEqualTo(401);
        assertThat(bid(anna, Auctioneer.someId().value(), "20000").status()).isEqualTo(404);
        assertThat(bid(anna, "nonsense", "20000").status()).isEqualTo(404);
        assertThat(anna.post("/v1/auctions/" + id + "/cancel", Map.of("reason", "x"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aFactDeliveredTwoHundredTimesHasOneEffect() {
        AuctionId id = new AuctionId(opened("PT1H", "standard"));
        bid(anna, id.value(), "20000");
        Fact<BidsAccepted> fact = new Fact<>(
                "/functions/place-bid",
                2,
                Instant.now(),
                new BidsAccepted(
                        id,
                        List.of(new AcceptedBid(
                                1, Auctioneer.ANNA, Auctioneer.won(1_000), Auctioneer.ANNA, Instant.now())),
                        Auctioneer.won(1_000),
                        Auctioneer.ANNA,
                        null,
                        Auctioneer.won(1_010),
                        true,
                        1,
                        Instant.now()));
        FunctionCaller broker = FunctionCaller.of(indexing.uri());
        for (int i = 0; i < 200; i++) {
            Answer answer = broker.deliver(fact);
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers()).doesNotContainKey("ce-id");
        }
        var mine = anna.get("/v1/users/me/bidding?limit=100").json().get("auctions");
        assertThat(mine)
                .filteredOn(entry ->
                        entry.get("auction").get("auctionId").asString().equals(id.value()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("standing").asString()).isEqualTo("leading"));
    }

    @Test
    void aProductOfTheCatalogIsPutUpForAuctionOnce() {
        ProductId product = Auctioneer.someProduct();
        Map<String, Object> body = Map.of("productId", product.value(), "startPrice", won("1000"), "duration", "PT1H");
        Answer unknown = seller.post("/v1/auctions", body);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("type").asString()).endsWith("/product-unknown");
        Fact<ProductListed> fact = new Fact<>(
                "/functions/create-product",
                1,
                Instant.now(),
                new ProductListed(
                        product,
                        Auctioneer.SELLER,
                        "필름 카메라",
                        "작은 흠 하나",
                        "hobby.lanterns",
                        Condition.GOOD,
                        List.of("demo/camera-1.svg"),
                        Instant.now()));
        for (int i = 0; i < 3; i++) {
            assertThat(FunctionCaller.of(offering.uri()).deliver(fact).status()).isEqualTo(202);
        }

        Answer opened = seller.post("/v1/auctions", body);
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(opened.json().get("title").asString()).isEqualTo("필름 카메라");
        assertThat(opened.json().at("/pictures/0").asString()).isEqualTo("demo/camera-1.svg");
        Answer again = seller.post("/v1/auctions", body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("type").asString()).endsWith("/product-on-sale");
        String id = opened.json().get("auctionId").asString();
        assertThat(again.json().get("auctionId").asString()).isEqualTo(id);

        for (String search : List.of("category=hobby.lanterns", "category=hobby&sort=newest&priceTo=1000")) {
            var found = anna.get("/v1/auctions?" + search).json().get("auctions");
            assertThat(found)
                    .as(search)
                    .singleElement()
                    .satisfies(
                            view -> assertThat(view.get("productId").asString()).isEqualTo(product.value()));
        }
        assertThat(anna.get("/v1/auctions?category=hobby&priceFrom=1001").json().get("auctions"))
                .isEmpty();
        seller.post("/v1/auctions/" + id + "/cancel", Map.of("reason", "x"));
        assertThat(seller.post("/v1/auctions", body).status()).isEqualTo(201);
    }

    @Test
    void openAuctionsAreListedPageByPage() {
        for (int i = 0; i < 3; i++) {
            opened("PT1H", "standard");
        }
        var first = anna.get("/v1/auctions?status=open&limit=2").json();
        assertThat(first.get("auctions")).hasSize(2);
        var second = anna.get("/v1/auctions?status=open&limit=2&cursor="
                        + java.net.URLEncoder.encode(
                                first.get("cursor").asString(), java.nio.charset.StandardCharsets.UTF_8))
                .json();
        assertThat(second.get("auctions").get(0))
                .isNotEqualTo(first.get("auctions").get(0));
        assertThat(anna.get("/v1/auctions?cursor=forged").status()).isEqualTo(422);
        assertThat(anna.get("/v1/auctions?limit=0").status()).isEqualTo(422);
    }

    private String opened(String duration, String preset) {
        Answer answer = seller.post(
                "/v1/auctions",
                Map.of("title", "필름 카메라", "startPrice", won("1000"), "duration", duration, "preset", preset));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().get("auctionId").asString();
    }

    private static Answer bid(FunctionCaller bidder, String auction, String amount) {
        return bidder.post("/v1/auctions/" + auction + "/bids", Map.of("maximum", won(amount)));
    }

    private static Map<String, String> won(String amount) {
        return Map.of("amount", amount, "currency", "KRW");
    }

    private static FunctionCaller as(String user) {
        FunctionCaller caller = FunctionCaller.of(resources.uri());
        return user.isEmpty() ? caller : caller.withToken(user);
    }

    private static FunctionHost host(String definition) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("GAVEL_CONTEXT", "auctions")
                .with("GAVEL_LOG", "error")
                .with("GAVEL_MINIMUM_DURATION", "PT1S");
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS),
                AuctionFunctions.class);
    }
}
