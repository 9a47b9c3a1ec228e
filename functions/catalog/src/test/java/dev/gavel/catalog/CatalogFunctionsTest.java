package dev.gavel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;

/// The functions of this context as their callers see them, over HTTP and on a real store.
class CatalogFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();

    private static FunctionHost resources;
    private static FunctionHost tracking;

    private final FunctionCaller seller = as(Shop.SELLER.value());
    private final FunctionCaller anna = as(Shop.ANNA.value());

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix())
                    .create(client, "products", "shown-pictures", "outbox", "idempotency", "inbox");
        }
        resources =
                host("createProduct,updateProduct,withdrawProduct,bumpProduct,getProduct,findProducts,listCategories");
        tracking = host("trackAuction");
    }

    @AfterAll
    static void stop() {
        resources.close();
        tracking.close();
    }

    @Test
    void aProductIsListedChangedSoldAndWithdrawn() {
        String id = created();
        String path = "/v1/products/" + id;
        Answer updated = seller.send("PATCH", path, Map.of("version", 1, "condition", "fair"), Map.of());
        assertThat(updated.status()).as(updated.text()).isEqualTo(200);
        assertThat(updated.json().get("version").asLong()).isEqualTo(2);
        assertThat(seller.send("PATCH", path, Map.of("version", 1, "title", "x"), Map.of())
                        .status())
                .isEqualTo(409);

        AuctionId auction = Shop.nextAuction();
        deliver(new AuctionOpened(
                auction,
                Shop.SELLER,
                "카메라",
                Money.krw(1_000),
                Shop.NOON,
                Shop.NOON.plusSeconds(60),
                new ProductId(id)));
        assertThat(anna.get(path).json().get("auctionId").asString()).isEqualTo(auction.value());
        Answer onSale = seller.post(path + "/withdraw", Map.of());
        assertThat(onSale.status()).isEqualTo(409);
        assertThat(onSale.json().get("type").asString()).endsWith("/product-on-sale");
        assertThat(onSale.json().get("auctionId").asString()).isEqualTo(auction.value());

        deliver(new AuctionClosed(auction, Shop.SELLER, Result.UNSOLD, null, null, 0, Shop.NOON, new ProductId(id)));
        assertThat(seller.post(path + "/withdraw", Map.of()).status()).isEqualTo(200);
        assertThat(anna.get(path).json().get("status").asString()).isEqualTo("withdrawn");
        assertThat(FACTS.facts().stream()
                        .filter(fact -> fact.subject().equals(id))
                        .map(Fact::type))
                .containsExactly(
                        "dev.gavel.product.listed.v1",
                        "dev.gavel.product.updated.v1",
                        "dev.gavel.product.withdrawn.v1");
    }

    @Test
    void aSecondBumpIsToldWhenTheNextIsPossible() {
        String path = "/v1/products/" + created() + "/bump";
        assertThat(seller.post(path, Map.of()).status()).isEqualTo(200);
        Answer again = seller.post(path, Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("next").asString()).endsWith("Z");
    }

    @ParameterizedTest
    @CsvSource({
        "title, '\"\"', title",
        "title, '5', title",
        "title, 'null', title",
        "title, '\"소주\"', title",
        "category, '\"digital\"', category",
        "condition, '\"broken\"', condition",
        "pictures, '\"a.jpg\"', pictures",
        "pictures, '[null]', 'pictures[0]'",
        "pictures, '[\"../a.jpg\"]', pictures",
        "price, '5', price"
    })
    void aDescriptionThatMakesNoSenseIsRefusedByName(String member, String value, String named) {
        Map<String, String> body = new HashMap<>(Map.of(
                "title", "\"카메라\"",
                "description", "\"\"",
                "category", "\"digital.camera\"",
                "condition", "\"good\""));
        body.put(member, value);
        String json = body.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .reduce((one, other) -> one + "," + other)
                .map(members -> "{" + members + "}")
                .orElseThrow();
        Answer answer = seller.post("/v1/products", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        JsonNode problem = answer.json();
        assertThat(
                        problem.has("problems")
                                ? problem.at("/problems/0/member").asString()
                                : problem.get("member").asString())
                .isEqualTo(named);
    }

    @Test
    void whoMayNotIsToldSo() {
        String path = "/v1/products/" + created();
        assertThat(as("").post("/v1/products", description()).status()).isEqualTo(401);
        assertThat(anna.post(path + "/withdraw", Map.of()).status()).isEqualTo(403);
        assertThat(anna.send("PATCH", path, Map.of("version", 1), Map.of()).status())
                .isEqualTo(403);
        assertThat(anna.get("/v1/products/" + Shop.someId()).status()).isEqualTo(404);
        assertThat(anna.get("/v1/products/nonsense").status()).isEqualTo(404);
        assertThat(seller.send("PATCH", path, Map.of("title", "x"), Map.of()).status())
                .isEqualTo(422);
    }

    @Test
    void aSellersProductsAreListed() {
        String first = created();
        String second = created();
        var found = as("").get("/v1/products?limit=2&seller=" + Shop.SELLER).json();
        assertThat(found.get("products"))
                .extracting(product -> product.get("productId").asString())
                .containsExactly(second, first);
        assertThat(anna.get("/v1/products").status()).isEqualTo(422);
        assertThat(anna.get("/v1/products?cursor=forged&seller=" + Shop.SELLER).status())
                .isEqualTo(422);
    }

    @Test
    void anybodyMayKeepTheCategoriesForAWhile() {
        Answer answer = as("").get("/v1/categories");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).contains("public, max-age=3600");
        assertThat(as("").withHeader("if-none-match", answer.header("etag").orElseThrow())
                        .get("/v1/categories")
                        .status())
                .isEqualTo(304);
        assertThat(answer.json().at("/categories/0/name/ko").asString()).isEqualTo("디지털기기");
        assertThat(answer.json().at("/categories/0/children/0").has("children")).isFalse();
    }

    @Test
    void aFactDeliveredTwoHundredTimesHasOneEffect() {
        ProductId id = new ProductId(created());
        AuctionOpened opened = new AuctionOpened(
                Shop.nextAuction(), Shop.SELLER, "카메라", Money.krw(1_000), Shop.NOON, Shop.NOON.plusSeconds(60), id);
        for (int i = 0; i < 200; i++) {
            deliver(opened);
        }
        assertThat(anna.get("/v1/products/" + id).json().get("auctionId").asString())
                .isEqualTo(opened.auctionId().value());
    }

    private static void deliver(AuctionEvent event) {
        long sequence = event instanceof AuctionOpened ? 1 : 2;
        Answer answer = FunctionCaller.of(tracking.uri())
                .deliver(new Fact<>("/functions/open-auction", sequence, Shop.NOON, event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    private String created() {
        Answer answer = seller.post("/v1/products", description());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().get("productId").asString();
    }

    private static Map<String, Object> description() {
        return Map.of(
                "title", "필름 카메라",
                "description", "작은 흠 하나",
                "category", "digital.camera",
                "condition", "good",
                "pictures", List.of("demo/camera-1.svg"));
    }

    private static FunctionCaller as(String user) {
        FunctionCaller caller = FunctionCaller.of(resources.uri());
        return user.isEmpty() ? caller : caller.withToken(user);
    }

    private static FunctionHost host(String definition) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("GAVEL_CONTEXT", "catalog")
                .with("GAVEL_LOG", "error");
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS),
                CatalogFunctions.class);
    }
}
