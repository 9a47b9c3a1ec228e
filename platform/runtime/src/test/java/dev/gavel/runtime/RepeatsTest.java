package dev.gavel.runtime;

import static dev.gavel.runtime.Client.AUCTION;
import static dev.gavel.runtime.Client.GOOD;
import static dev.gavel.runtime.Client.OFFERS;
import static dev.gavel.runtime.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepeatsTest {

    private static final String BOB = "Bearer usr_01JDBBBBBBBBBBBBBBBBBBBBBB";

    private static FunctionHost host;
    private static Client client;
    private static Offer.Deeds deeds;

    @BeforeAll
    static void start() {
        host = FunctionHost.start(
                HostOptions.of("offer,ownOffer").with("GAVEL_LOG", "off"),
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
    void aRepetitionGetsTheFirstAnswer() {
        HttpResponse<String> first = client.post(OFFERS, GOOD, "idempotency-key", "r-1");
        HttpResponse<String> again = client.post(
                OFFERS, " {\"maximum\": {\"currency\":\"KRW\", \"amount\":\"1000\"} }", "idempotency-key", "r-1");
        assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("content-type")).contains("application/json");
        assertThat(first.headers().firstValue("idempotency-replayed")).isEmpty();
        assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
        assertThat(deeds.calls).hasValue(1);
    }

    @Test
    void aRefusalIsAnAnswerToo() {
        deeds.next = _ -> Outcome.rejected(new BidRejected.OfKind(dev.gavel.kernel.Rejection.Kind.CONFLICT));
        client.post(OFFERS, GOOD, "idempotency-key", "r-2");
        deeds.next = Offer.Deeds::accept;
        HttpResponse<String> again = client.post(OFFERS, GOOD, "idempotency-key", "r-2");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(deeds.calls).hasValue(1);
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        client.post(OFFERS, GOOD, "idempotency-key", "r-3");
        HttpResponse<String> otherBody = client.post(OFFERS, GOOD.replace("1000", "2000"), "idempotency-key", "r-3");
        assertThat(otherBody.statusCode()).isEqualTo(422);
        assertThat(problem(otherBody)).isEqualTo("idempotency-key-reused");
        String otherPath = OFFERS.replace("AAAA/offers", "AAAB/offers");
        assertThat(client.post(otherPath, GOOD, "idempotency-key", "r-3").statusCode())
                .isEqualTo(422);
        assertThat(deeds.calls).hasValue(1);
    }

    @Test
    void keysOfDifferentPeopleNeverMeet() {
        client.post(OFFERS, GOOD, "idempotency-key", "r-4");
        HttpResponse<String> bobs = client.post(OFFERS, GOOD, "idempotency-key", "r-4", "authorization", BOB);
        assertThat(bobs.statusCode()).isEqualTo(201);
        assertThat(bobs.body()).contains("usr_01JDB");
        assertThat(deeds.calls).hasValue(2);
    }

    @Test
    void aRepetitionWhileTheFirstStillRunsIsToldSo() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        deeds.next = call -> {
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new Unavailable("interrupted", e);
            }
            return Offer.Deeds.accept(call);
        };
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> client.post(OFFERS, GOOD, "idempotency-key", "r-5"));
        inside.await();
        HttpResponse<String> second = client.post(OFFERS, GOOD, "idempotency-key", "r-5");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(problem(second)).isEqualTo("request-still-running");
        assertThat(second.headers().firstValue("retry-after")).contains("1");
        go.countDown();
        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(client.post(OFFERS, GOOD, "idempotency-key", "r-5").body())
                .isEqualTo(first.join().body());
    }

    static Stream<Throwable> trouble() {
        return Stream.of(
                new Unavailable("gone"), new StaleWrite("it"), new IllegalStateException("bug"), new Error("vm"));
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void troubleGivesTheKeyBack(Throwable trouble) {
        String key = "r-6-" + trouble.getClass().getSimpleName();
        deeds.next = _ -> {
            throw RepeatsTest.<RuntimeException>thrown(trouble);
        };
        assertThat(client.post(OFFERS, GOOD, "idempotency-key", key).statusCode())
                .isIn(409, 500, 503);
        deeds.next = Offer.Deeds::accept;
        HttpResponse<String> again = client.post(OFFERS, GOOD, "idempotency-key", key);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("idempotency-replayed")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T thrown(Throwable trouble) throws T {
        throw (T) trouble;
    }

    @Test
    void aRequestThatNeverReachedTheUseCaseDoesNotUseTheKeyUp() {
        assertThat(client.post(OFFERS, "{}", "idempotency-key", "r-7").statusCode())
                .isEqualTo(422);
        assertThat(client.post(OFFERS, GOOD, "idempotency-key", "r-7").statusCode())
                .isEqualTo(201);
    }

    @Test
    void aUseCaseThatKeepsItsOwnAnswersIsCalledEveryTime() {
        String path = "/v1/auctions/" + AUCTION + "/own-offers";
        client.post(path, GOOD, "idempotency-key", "r-8");
        assertThat(client.post(path, GOOD, "idempotency-key", "r-8").body()).contains("\"requestId\":\"r-8\"");
        assertThat(deeds.calls).hasValue(2);
    }

    @Test
    void anAnswerThatCannotBeStoredIsStillTheAnswer() {
        IdempotencyRecords broken = new IdempotencyRecords() {
            @Override
            public Claim claim(String scope, String key, String hash, java.time.Instant now, java.time.Duration lease) {
                return new Claim.Claimed();
            }

            @Override
            public void complete(String scope, String key, StoredAnswer answer) {
                throw new Unavailable("the table is gone");
            }

            @Override
            public void release(String scope, String key) {}
        };
        try (FunctionHost other = FunctionHost.start(
                        HostOptions.of("offer").with("GAVEL_LOG", "off"),
                        Map.of("callerVerifier", new TrustingCallerVerifier(), "idempotencyRecords", broken),
                        SampleFunctions.class);
                Client caller = new Client(other)) {
            assertThat(caller.post(OFFERS, GOOD).statusCode()).isEqualTo(201);
        }
    }
}
