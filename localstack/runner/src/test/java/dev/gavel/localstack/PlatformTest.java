package dev.gavel.localstack;

import static dev.gavel.localstack.Api.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.localstack.Api.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class PlatformTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningPlatform platform = RunningPlatform.shared();
    private final URI gateway = platform.url();

    @Test
    void anAuctionIsSoldToTheHighestBidder() {
        Api seller = Api.newUser(gateway, "seller");
        Api first = Api.newUser(gateway, "first");
        Api second = Api.newUser(gateway, "second");
        Answer opened = seller.post(
                "/v1/auctions",
                Map.of("title", "Lens", "preset", "hard-close", "startPrice", won("10000"), "duration", "PT45S"));
        assertThat(opened.status()).isEqualTo(201);
        String auction = "/v1/auctions/" + opened.text("/auctionId");

        Answer leading = first.post(auction + "/bids", Map.of("maximum", won("15000")));
        assertThat(leading.status()).isEqualTo(201);
        assertThat(leading.text("/outcome")).isEqualTo("leading");
        assertThat(leading.text("/price/amount")).isEqualTo("10000");

        Answer tooLow = second.post(auction + "/bids", Map.of("maximum", won("10000")));
        assertThat(tooLow.status()).isEqualTo(409);
        assertThat(tooLow.text("/type")).endsWith("/bid-too-low");
        assertThat(tooLow.body().at("/minimum")).isEqualTo(leading.body().at("/minimumBid"));

        Answer outbidding = second.post(auction + "/bids", Map.of("maximum", won("20000")));
        assertThat(outbidding.text("/outcome")).isEqualTo("leading");
        String price = outbidding.text("/price/amount");
        assertThat(Long.parseLong(price)).isGreaterThan(15_000).isLessThan(20_000);

        Answer history = first.get(auction + "/bids");
        assertThat(history.body().at("/bids")).hasSize(2);
        awaitStanding(first, opened.text("/auctionId"), "outbid");

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(seller.get(auction).text("/status")).isEqualTo("closed"));
        Answer closed = seller.get(auction);
        assertThat(closed.text("/result")).isEqualTo("sold");
        assertThat(closed.text("/price/amount")).isEqualTo(price);
        assertThat(closed.text("/winner")).isEqualTo(second.get("/v1/users/me").text("/userId"));
        assertThat(second.post(auction + "/bids", Map.of("maximum", won("90000")))
                        .text("/type"))
                .endsWith("/bid-auction-ended");
    }

    @Test
    void aProductOfTheCatalogIsOnSaleUntilItsAuctionEnds() {
        Api seller = Api.newUser(gateway, "lister");
        Answer listed = seller.post(
                "/v1/products",
                Map.of("title", "등산 배낭", "description", "", "category", "sports.hiking", "condition", "good"));
        assertThat(listed.status()).isEqualTo(201);
        String product = "/v1/products/" + listed.text("/productId");
        Map<String, Object> offer =
                Map.of("productId", listed.text("/productId"), "startPrice", won("5000"), "duration", "PT1H");
        Answer opened = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> seller.post("/v1/auctions", offer), answer -> answer.status() != 404);
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.text("/title")).isEqualTo("등산 배낭");
        assertThat(seller.post("/v1/auctions", offer).text("/type")).endsWith("/product-on-sale");
        String auction = opened.text("/auctionId");
        assertThat(seller.get("/v1/auctions?category=sports&sort=newest").body().at("/auctions"))
                .anyMatch(found -> found.at("/auctionId").asString().equals(auction));

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(
                        () -> assertThat(seller.get(product).text("/auctionId")).isEqualTo(auction));
        assertThat(seller.post(product + "/withdraw", Map.of()).status()).isEqualTo(409);
        assertThat(seller.post("/v1/auctions/" + auction + "/cancel", Map.of("reason", "x"))
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(
                                seller.post(product + "/withdraw", Map.of()).status())
                        .isEqualTo(200));
    }

    @Test
    void functionsThatAreKilledComeBackWithTheData() {
        Api seller = Api.newUser(gateway, "phoenix");
        Answer opened =
                seller.post("/v1/auctions", Map.of("title", "Phoenix", "startPrice", won("5000"), "duration", "PT1H"));
        String auction = "/v1/auctions/" + opened.text("/auctionId");
        long killed = platform.pid("functions");
        assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();

        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            Answer answer = seller.get(auction);
            seen.add(answer.status());
            if (answer.status() == 503) {
                assertThat(answer.header("retry-after")).isPresent();
                assertThat(answer.text("/detail")).contains("repeat the request");
            }
            return answer.status() == 200 && platform.pid("functions") != killed;
        });
        assertThat(seen).isSubsetOf(200, 503);
        assertThat(seller.get(auction).body()).isEqualTo(opened.body());
        Answer bid = Api.newUser(gateway, "later").post(auction + "/bids", Map.of("maximum", won("5000")));
        assertThat(bid.status()).isEqualTo(201);
    }

    @Test
    void operatorsSeeWhatRuns() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer status = new Api(gateway, null).get("/status");
            assertThat(status.status()).isEqualTo(200);
            assertThat(status.body().at("/ready").asBoolean()).isTrue();
            assertThat(status.text("/functions/place-bid")).isEqualTo("up");
            assertThat(status.text("/backends/kafka")).isEqualTo("up");
            assertThat(status.body().at("/broker/triggers")).isNotEmpty();
        });
    }

    @Test
    void theDemoUserIsAnOperatorAndNobodyElseIs() {
        String letters = "/v1/operations/dead-letters";
        Answer signedIn =
                new Api(gateway, null).post("/v1/tokens", Map.of("email", Demo.EMAIL, "password", Demo.PASSWORD));
        Api operator = new Api(gateway, signedIn.text("/accessToken"));
        assertThat(operator.get(letters).status()).isEqualTo(200);
        assertThat(operator.get(letters).body().at("/deadLetters").isArray()).isTrue();
        assertThat(operator.post(letters + "/dlt_01KAMQA7C9E1G3J5M7P9R1T3V5/redeliver", Map.of())
                        .text("/type"))
                .endsWith("/dead-letter-unknown");
        assertThat(Api.newUser(gateway, "curious").get(letters).status()).isEqualTo(403);
        assertThat(new Api(gateway, null).get(letters).status()).isEqualTo(401);
    }

    private static void awaitStanding(Api user, String auctionId, String standing) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            Answer bidding = user.get("/v1/users/me/bidding");
            assertThat(bidding.status()).isEqualTo(200);
            assertThat(bidding.body().at("/auctions")).anySatisfy(auction -> {
                assertThat(auction.at("/auction/auctionId").asString()).isEqualTo(auctionId);
                assertThat(auction.at("/standing").asString()).isEqualTo(standing);
            });
        });
    }
}
