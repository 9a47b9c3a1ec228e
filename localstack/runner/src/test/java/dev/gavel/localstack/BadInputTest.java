package dev.gavel.localstack;

import static dev.gavel.localstack.Api.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.Json;
import dev.gavel.localstack.Api.Answer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is sent, the answer is the right "no" that says what to do, and nothing has changed.
class BadInputTest {

    private static final URI GATEWAY = RunningPlatform.shared().url();

    private static Api seller;
    private static Api bidder;
    private static String auction;
    private static Answer before;

    @BeforeAll
    static void openAnAuction() {
        seller = Api.newUser(GATEWAY, "careful");
        bidder = Api.newUser(GATEWAY, "careless");
        Answer opened =
                seller.post("/v1/auctions", Map.of("title", "Vase", "startPrice", won("10000"), "duration", "PT1H"));
        auction = "/v1/auctions/" + opened.text("/auctionId");
        before = seller.get(auction);
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(seller.get(auction).body()).isEqualTo(before.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"maximum":{"amount":"9999","currency":"KRW"}}                       | 409 | bid-too-low
                    {"maximum":{"amount":"1","currency":"KRW"}}                          | 409 | bid-too-low
                    {"maximum":{"amount":"15000","currency":"USD"}}                      | 422 | bid-wrong-currency
                    {"maximum":{"amount":"-15000","currency":"KRW"}}                     | 422 |
                    {"maximum":{"amount":"0","currency":"KRW"}}                          | 422 |
                    {"maximum":{"amount":"9000000000000000000","currency":"KRW"}}        | 422 | bid-amount-out-of-range
                    {"maximum":{"amount":"99999999999999999999999","currency":"KRW"}}    | 422 |
                    {"maximum":{"amount":"15000.5","currency":"KRW"}}                    | 422 |
                    {"maximum":{"amount":"lots","currency":"KRW"}}                       | 422 |
                    {"maximum":{"amount":"15000","currency":"WON"}}                      | 422 |
                    {"maximum":"15000"}                                                  | 422 |
                    {"maximum":null}                                                     | 422 |
                    {"maximun":{"amount":"15000","currency":"KRW"}}                      | 422 |
                    {}                                                                   | 422 |
                    []                                                                   | 400 |
                    {"maximum":                                                          | 400 |
                    not json at all                                                      | 400 |
                    """)
    void aBidThatMakesNoSenseIsRefused(String body, int status, String type) {
        Answer answer = bidder.post(auction + "/bids", UUID.randomUUID().toString(), body);
        refused(answer, status, type);
    }

    @Test
    void aBidThatIsTooLowIsToldTheMinimum() {
        Answer answer = bidder.post(auction + "/bids", Map.of("maximum", won("9999")));
        assertThat(answer.text("/minimum/amount")).isEqualTo("10000");
    }

    @ParameterizedTest
    @CsvSource({"/v1/auctions/auc_01JDABCDEFGHJKMNPQRSTVWXYZ/bids,404", "/v1/auctions/auc_nonsense/bids,422"})
    void anAuctionNobodyKnowsTakesNoBid(String path, int status) {
        Answer answer = bidder.post(path, Map.of("maximum", won("15000")));
        assertThat(answer.status()).isIn(status, 404);
        refused(answer, answer.status(), null);
    }

    @Test
    void sellersDoNotBidOnTheirOwnAuction() {
        refused(seller.post(auction + "/bids", Map.of("maximum", won("15000"))), 403, "bid-own-auction");
    }

    @Test
    void nobodyCancelsSomebodyElsesAuction() {
        refused(bidder.post(auction + "/cancel", Map.of("reason", "envy")), 403, null);
    }

    @Test
    void aTokenIsNeeded() {
        Answer answer = bidder.with(null).post(auction + "/bids", Map.of("maximum", won("15000")));
        refused(answer, 401, null);
        assertThat(answer.header("www-authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMDFKREFCQ0RFRkdISktNTlBRUlNUVldYWVoifQ."})
    void aTokenNobodyIssuedIsRefused(String token) {
        refused(bidder.with(token).post(auction + "/bids", Map.of("maximum", won("15000"))), 401, null);
    }

    @Test
    void aTokenWithAnotherSignatureIsRefused() {
        String[] token = String.valueOf(bidder.token()).split("\\.");
        String[] other = String.valueOf(seller.token()).split("\\.");
        String mixed = token[0] + "." + token[1] + "." + other[2];
        refused(bidder.with(mixed).post(auction + "/bids", Map.of("maximum", won("15000"))), 401, null);
    }

    @Test
    void aPostWithoutAnIdempotencyKeyIsRefused() {
        Answer answer = Api.send(bidder.request(auction + "/bids")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"maximum\":{\"amount\":\"15000\",\"currency\":\"KRW\"}}"))
                .build());
        refused(answer, 400, null);
    }

    @Test
    void anIdempotencyKeyIsNotUsedForAnotherRequest() {
        String other = "/v1/auctions/"
                + seller.post("/v1/auctions", Map.of("title", "Cup", "startPrice", won("1000"), "duration", "PT1H"))
                        .text("/auctionId");
        String key = UUID.randomUUID().toString();
        String first = Json.MAPPER.writeValueAsString(Map.of("maximum", won("1000")));
        String another = Json.MAPPER.writeValueAsString(Map.of("maximum", won("2000")));
        Answer accepted = bidder.post(other + "/bids", key, first);
        assertThat(accepted.status()).isEqualTo(201);
        refused(bidder.post(other + "/bids", key, another), 422, null);
        assertThat(bidder.post(other + "/bids", key, first).body()).isEqualTo(accepted.body());
        assertThat(seller.get(other).body().at("/bidCount").asInt()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        char[] filler = new char[2 * 1024 * 1024];
        Arrays.fill(filler, 'x');
        String body = "{\"maximum\":\"" + new String(filler) + "\"}";
        refused(bidder.post(auction + "/bids", UUID.randomUUID().toString(), body), 413, null);
        Answer chunked = Api.send(bidder.request(auction + "/bids")
                .header("content-type", "application/json")
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build());
        refused(chunked, 413, null);
    }

    @ParameterizedTest
    @CsvSource({"/nothing/here,404", "/v1/auctions/%2e%2e/status,404", "/v1/auctions/x/y/z,404", "/healthz/ready,404"})
    void aPathNobodyKnowsIsSaidSo(String path, int status) {
        refused(bidder.get(path), status, null);
    }

    @Test
    void aMethodNobodyTakesIsToldTheOthers() {
        Answer answer = Api.send(bidder.request("/v1/auctions").DELETE().build());
        refused(answer, 405, null);
        assertThat(answer.header("allow")).hasValue("GET, POST");
    }

    private static void refused(Answer answer, int status, @Nullable String type) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("content-type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("application/problem+json"));
        assertThat(answer.text("/detail")).isNotBlank();
        assertThat(answer.response().body()).doesNotContain("Exception", "\tat ");
        if (type != null) {
            assertThat(answer.text("/type")).endsWith("/" + type);
        }
    }
}
