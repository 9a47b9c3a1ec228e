package dev.gavel.runtime;

import static dev.gavel.runtime.Client.ALICE;
import static dev.gavel.runtime.Client.AUCTION;
import static dev.gavel.runtime.Client.GOOD;
import static dev.gavel.runtime.Client.OFFERS;
import static dev.gavel.runtime.Client.json;
import static dev.gavel.runtime.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpEdgeTest {

    private static FunctionHost host;
    private static Client client;
    private static Offer.Deeds deeds;

    @BeforeAll
    static void start() {
        host = FunctionHost.start(
                HostOptions.of("offer,ownOffer,unkeyedOffer,operatorOffer,look").with("GAVEL_LOG", "off"),
                Map.of("callerVerifier", new TrustingCallerVerifier()),
                SampleFunctions.class);
        client = new Client(host);
        deeds = host.bean(Offer.Deeds.class);
    }

    @AfterAll
    static void stop() {
        client.close();
        host.close();
    }

    @BeforeEach
    void reset() {
        deeds.next = Offer.Deeds::accept;
        deeds.calls.set(0);
    }

    @Test
    void anAcceptedCallIsAnsweredAsTheRouteSays() {
        HttpResponse<String> response = client.post(OFFERS, GOOD, "idempotency-key", "k-accepted");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.headers().firstValue("content-length"))
                .contains(Integer.toString(response.body().length()));
        JsonNode body = json(response);
        assertThat(body.get("auctionId").stringValue()).isEqualTo(AUCTION);
        assertThat(body.get("maximum").get("amount").stringValue()).isEqualTo("1000");
        assertThat(body.get("by").stringValue()).contains(ALICE);
        assertThat(body.get("requestId").stringValue()).isEqualTo("k-accepted");
    }

    @ParameterizedTest
    @CsvSource({"INVALID,422", "UNAUTHENTICATED,401", "FORBIDDEN,403", "MISSING,404", "CONFLICT,409"})
    void aRejectionIsAProblemOfItsKind(Rejection.Kind kind, int status) {
        deeds.next = _ -> Outcome.rejected(new BidRejected.OfKind(kind));
        HttpResponse<String> response = client.post(OFFERS, GOOD);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem(response)).isEqualTo("bid-of-kind");
        assertThat(json(response).get("status").intValue()).isEqualTo(status);
        assertThat(response.headers().firstValue("www-authenticate").isPresent())
                .isEqualTo(status == 401);
    }

    @Test
    void theComponentsOfARejectionAreMembersOfTheProblem() {
        deeds.next = _ -> Outcome.rejected(new BidRejected.TooLow(Money.krw(1100)));
        JsonNode problem = json(client.post(OFFERS, GOOD));
        assertThat(problem.get("type").stringValue()).isEqualTo("https://gavel.dev/problems/bid-too-low");
        assertThat(problem.get("title").stringValue()).isEqualTo("Bid too low");
        assertThat(problem.get("detail").stringValue()).isEqualTo("Bid at least 1100 KRW.");
        assertThat(problem.get("minimum").get("amount").stringValue()).isEqualTo("1100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | maximum | is missing",
                "{'maximum':null} | maximum | must not be null",
                "{'maximum':5} | maximum | must be an object",
                "{'maximum':{'amount':'1.5','currency':'KRW'}} | maximum | at most 0 decimals",
                "{'maximum':{'amount':1000,'currency':'KRW'}} | maximum.amount | must be a text",
                "{'maximum':{'amount':'1'}} | maximum | ISO 4217",
                "{'maximum':{'amount':'1','currency':'KRW'},'maximun':1} | maximun | known are maximum, mode",
                "{'maximum':{'amount':'1','currency':'KRW'},'mode':'HARD'} | mode | one of FIRM, SOFT",
                "{'maximum':{'amount':'1','currency':'KRW'},'copies':'2'} | copies | whole number",
                "{'maximum':{'amount':'1','currency':'KRW'},'copies':2.5} | copies | whole number",
                "{'maximum':{'amount':'1','currency':'KRW'},'copies':99999999999} | copies | whole number",
                "{'maximum':{'amount':'1','currency':'KRW'},'notes':[{'author':'a'}]} | notes[0].text | is missing",
                "{'maximum':{'amount':'1','currency':'KRW'},'notes':[null]} | notes[0] | is missing",
                "{'maximum':{'amount':'1','currency':'KRW'},'notes':[{'text':'a','x':1}]} | notes[0].x | is not known",
                "{'maximum':{'amount':'1','currency':'KRW'},'auctionId':'x'} | auctionId | in the path already",
            })
    void aBodyThatDoesNotFitNamesTheMember(String body, String member, String said) {
        HttpResponse<String> response = client.post(OFFERS, body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(problem(response)).isEqualTo("invalid-request");
        JsonNode problem = json(response).get("problems").get(0);
        assertThat(problem.get("member").stringValue()).isEqualTo(member);
        assertThat(problem.get("problem").stringValue()).contains(said);
        assertThat(deeds.calls).hasValue(0);
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndBriefly() {
        StringBuilder body = new StringBuilder("{\"mode\":1,\"copies\":\"x\"");
        for (int i = 0; i < 50; i++) {
            body.append(",\"")
                    .append("unknown".repeat(20))
                    .append(i)
                    .append("\":")
                    .append(i);
        }
        HttpResponse<String> response = client.post(OFFERS, body.append('}').toString());
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).get("problems").size()).isEqualTo(8);
        assertThat(response.body().length()).isLessThan(2500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "5", "{\"maximum\":}", "{}{}", "{\"a\":1,\"a\":2}", "\u0000", "nope"})
    void whatIsNoJsonObjectIsMalformed(String body) {
        HttpResponse<String> response = client.post(OFFERS, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(problem(response)).isEqualTo("malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/jsonx", "application/x-www-form-urlencoded"})
    void onlyJsonIsUnderstood(String contentType) {
        assertThat(client.post(OFFERS, GOOD, "content-type", contentType).statusCode())
                .isEqualTo(415);
    }

    @Test
    void jsonMayNameItsCharset() {
        assertThat(client.post(OFFERS, GOOD, "content-type", "Application/JSON;charset=utf-8")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBodyOverTheBoundIsRefusedWithAndWithoutALength() {
        String big = "{\"note\":\"" + "x".repeat(Limits.BODY) + "\"}";
        assertThat(client.post(OFFERS, big).statusCode()).isEqualTo(413);
        HttpResponse<String> chunked = client.send(client.request(OFFERS)
                .header("authorization", "Bearer " + ALICE)
                .header("idempotency-key", "k-chunked")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(big.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .build());
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(client.post(OFFERS, GOOD).statusCode()).isEqualTo(201);
    }

    @Test
    void anIdInThePathThatCannotBeIsMissing() {
        HttpResponse<String> response = client.post("/v1/auctions/auc_nothing/offers", GOOD);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(problem(response)).isEqualTo("no-such-thing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/auctions",
                "/v1/auctions/a/offers/",
                "/v1/auctions//offers",
                "/v1/auctions/a/b/offers",
                "/V1/auctions/a/offers",
                "/v1/auctions/a%2Foffers",
                "/healthz"
            })
    void anUnknownPathIsMissing(String path) {
        HttpResponse<String> response = client.post(path, GOOD);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(problem(response)).isEqualTo("no-such-resource");
    }

    @Test
    void aWrongMethodSaysWhichAreRight() {
        HttpResponse<String> get = client.get(OFFERS);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("allow")).contains("POST");
        HttpResponse<String> post = client.post("/v1/shelves/a", "{}");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void aQueryFillsTheCommandByNameAndMayBeCached() {
        HttpResponse<String> response =
                client.get("/v1/shelves/caf%C3%A9+a%20b?limit=3&tag=a%26b&tag=c+d", "accept", "image/png");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"shelf\":\"café+a b\",\"limit\":3,\"tags\":[\"a&b\",\"c d\"]}");
        assertThat(response.headers().firstValue("cache-control")).contains("public, max-age=30");
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        String tag = client.get("/v1/shelves/a").headers().firstValue("etag").orElseThrow();
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            HttpResponse<String> same = client.get("/v1/shelves/a", "if-none-match", known);
            assertThat(same.statusCode()).as(known).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.headers().firstValue("etag")).contains(tag);
            assertThat(same.headers().firstValue("cache-control")).contains("public, max-age=30");
        }
        HttpResponse<String> other = client.get("/v1/shelves/b", "if-none-match", tag);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("etag")).isNotEqualTo(Optional.of(tag));
    }

    @ParameterizedTest
    @CsvSource({"limit=x,limit", "limit=1&limit=2,limit", "limt=1,limt", "shelf=b,shelf"})
    void aQueryThatDoesNotFitNamesTheParameter(String query, String member) {
        HttpResponse<String> response = client.get("/v1/shelves/a?" + query);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).get("problems").get(0).get("member").stringValue())
                .isEqualTo(member);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void headIsGetWithoutTheBody() {
        HttpResponse<String> head = client.method("HEAD", "/v1/shelves/a");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length"))
                .contains(Integer.toString(client.get("/v1/shelves/a").body().length()));
    }

    @Test
    void aStaleWriteIsTriedAgainThreeTimes() {
        deeds.next = call -> {
            if (deeds.calls.get() < 4) {
                throw new StaleWrite("the auction");
            }
            return Offer.Deeds.accept(call);
        };
        assertThat(client.post(OFFERS, GOOD).statusCode()).isEqualTo(201);
        assertThat(deeds.calls).hasValue(4);
    }

    @Test
    void aWriteThatStaysStaleIsAConflict() {
        deeds.next = _ -> {
            throw new StaleWrite("the auction");
        };
        HttpResponse<String> response = client.post(OFFERS, GOOD);
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(problem(response)).isEqualTo("stale-write");
        assertThat(deeds.calls).hasValue(4);
    }

    @Test
    void aLostDependencyMayAnswerLater() {
        deeds.next = _ -> {
            throw new Unavailable("the secret table name");
        };
        HttpResponse<String> response = client.post(OFFERS, GOOD);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void aBugIsNotShown() {
        deeds.next = _ -> {
            throw new IllegalStateException("the secret of the house");
        };
        HttpResponse<String> response = client.post(OFFERS, GOOD);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(problem(response)).isEqualTo("internal");
        assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void anErrorOfTheVirtualMachineIsABugToo() {
        deeds.next = _ -> {
            throw new StackOverflowError();
        };
        assertThat(client.post(OFFERS, GOOD).statusCode()).isEqualTo(500);
    }

    @Test
    void theCallerMayNotBeUnknownWhereAUserIsNeeded() {
        HttpResponse<String> none = client.send(client.request(OFFERS)
                .header("idempotency-key", "k")
                .POST(BodyPublishers.ofString(GOOD))
                .build());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(client.post(OFFERS, GOOD, "authorization", "Basic YTpi").statusCode())
                .isEqualTo(401);
        HttpResponse<String> bad = client.post(OFFERS, GOOD, "authorization", "Bearer nobody");
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.headers().firstValue("www-authenticate")).contains("Bearer error=\"invalid_token\"");
    }

    @Test
    void aTokenThatIsSentIsVerifiedEvenWhereNoneIsNeeded() {
        assertThat(client.get("/v1/shelves/a", "authorization", "Bearer nobody").statusCode())
                .isEqualTo(401);
    }

    @Test
    void onlyOperatorsPassWhereOperatorsAreNeeded() {
        String path = "/v1/auctions/" + AUCTION + "/bargains";
        assertThat(client.post(path, GOOD).statusCode()).isEqualTo(403);
        assertThat(client.post(path, GOOD, "authorization", "Bearer " + ALICE + "+operator")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRouteThatKeepsNoAnswersNeedsNoKeyAndIsCalledEachTime() {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = client.send(client.request("/v1/auctions/" + AUCTION + "/unkeyed-offers")
                    .header("authorization", "Bearer " + ALICE)
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString(GOOD))
                    .build());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(deeds.calls).hasValue(2);
    }

    @Test
    void anIdempotencyKeyIsNeededForEveryPost() {
        for (String path : List.of(OFFERS, "/v1/auctions/" + AUCTION + "/own-offers")) {
            HttpResponse<String> none = client.send(client.request(path)
                    .header("authorization", "Bearer " + ALICE)
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString(GOOD))
                    .build());
            assertThat(none.statusCode()).isEqualTo(400);
            assertThat(problem(none)).isEqualTo("idempotency-key-missing");
            assertThat(client.post(path, GOOD, "idempotency-key", "a b").statusCode())
                    .isEqualTo(400);
            assertThat(problem(client.post(path, GOOD, "idempotency-key", "k".repeat(129))))
                    .isEqualTo("idempotency-key-malformed");
        }
        assertThat(deeds.calls).hasValue(0);
    }

    @Test
    void whatTakesTooLongIsGivenUpAndInterrupted() {
        AtomicReference<String> end = new AtomicReference<>("");
        try (FunctionHost impatient = FunctionHost.start(
                        HostOptions.of("offer")
                                .with("GAVEL_REQUEST_TIMEOUT", "0.3")
                                .with("GAVEL_LOG", "off"),
                        Map.of("callerVerifier", new TrustingCallerVerifier()),
                        SampleFunctions.class);
                Client caller = new Client(impatient)) {
            impatient.bean(Offer.Deeds.class).next = call -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    end.set("interrupted");
                }
                return Offer.Deeds.accept(call);
            };
            HttpResponse<String> response = caller.post(OFFERS, GOOD, "idempotency-key", "k-late");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(problem(response)).isEqualTo("took-too-long");
            await().untilAsserted(() -> assertThat(end).hasValue("interrupted"));
            // It ended after all, and the repetition learns how.
            await().untilAsserted(() -> assertThat(caller.post(OFFERS, GOOD, "idempotency-key", "k-late")
                            .statusCode())
                    .isEqualTo(201));
        }
    }

    @Test
    void moreThanTheBoundAtOnceIsTurnedAwayAtOnce() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (FunctionHost small = FunctionHost.start(
                        HostOptions.of("offer").with("GAVEL_MAX_IN_FLIGHT", "1").with("GAVEL_LOG", "off"),
                        Map.of("callerVerifier", new TrustingCallerVerifier()),
                        SampleFunctions.class);
                Client caller = new Client(small)) {
            small.bean(Offer.Deeds.class).next = call -> {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new Unavailable("interrupted", e);
                }
                return Offer.Deeds.accept(call);
            };
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                    () -> caller.post(OFFERS, GOOD).statusCode());
            inside.await();
            HttpResponse<String> second = caller.post(OFFERS, GOOD);
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(problem(second)).isEqualTo("too-busy");
            assertThat(second.headers().firstValue("retry-after")).contains("1");
            go.countDown();
            assertThat(first.join()).isEqualTo(201);
            assertThat(caller.post(OFFERS, GOOD).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void theTimeOfReceiptComesFromTheWiring() {
        Instant then = Instant.parse("2026-01-02T03:04:05Z");
        AtomicReference<Call<?>> seen = new AtomicReference<>();
        ReceiptTime replay = headers -> Instant.parse(headers.getOrDefault("x-received-at", "1970-01-01T00:00:00Z"));
        try (FunctionHost replaying = FunctionHost.start(
                        HostOptions.of("ownOffer").with("GAVEL_LOG", "off"),
                        Map.of(
                                "callerVerifier",
                                new TrustingCallerVerifier(),
                                "receiptTime",
                                replay,
                                "clock",
                                Clock.fixed(then, ZoneOffset.UTC)),
                        SampleFunctions.class);
                Client caller = new Client(replaying)) {
            replaying.bean(Offer.Deeds.class).next = call -> {
                seen.set(call);
                return Offer.Deeds.accept(call);
            };
            caller.post("/v1/auctions/" + AUCTION + "/own-offers", GOOD, "X-Received-At", then.toString());
            assertThat(seen.get()).extracting(Call::receivedAt).isEqualTo(then);
            assertThat(replaying.bean(Clock.class).instant()).isEqualTo(then);
        }
    }
}
