package dev.gavel.runtime;

import static dev.gavel.runtime.Client.GOOD;
import static dev.gavel.runtime.Client.OFFERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gavel.kernel.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class FunctionHostTest {

    private static final HostOptions QUIET = HostOptions.of("offer").with("GAVEL_LOG", "off");
    private static final Map<String, ?> TRUSTING = Map.of("callerVerifier", new TrustingCallerVerifier());

    private static FunctionHost start(HostOptions options) {
        return FunctionHost.start(options, TRUSTING, SampleFunctions.class);
    }

    @Test
    void aRunningRequestEndsBeforeTheHostDoes() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FunctionHost host = start(QUIET);
        try (Client client = new Client(host)) {
            host.bean(Offer.Deeds.class).next = call -> {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new Unavailable("interrupted", e);
                }
                return Offer.Deeds.accept(call);
            };
            CompletableFuture<HttpResponse<String>> running =
                    CompletableFuture.supplyAsync(() -> client.post(OFFERS, GOOD));
            inside.await();
            int port = host.port();
            Thread closing = Thread.ofVirtual().start(host::close);
            await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                    .isInstanceOf(ConnectException.class));
            assertThat(running).isNotDone();
            go.countDown();
            assertThat(running.join().statusCode()).isEqualTo(201);
            assertThat(running.join().headers().firstValue("connection")).contains("close");
            closing.join();
        }
    }

    @Test
    void theDrainIsBounded() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        FunctionHost host = start(QUIET.with("GAVEL_DRAIN_TIMEOUT", "0.2"));
        try (Client client = new Client(host)) {
            host.bean(Offer.Deeds.class).next = call -> {
                inside.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return Offer.Deeds.accept(call);
            };
            CompletableFuture<Object> running = CompletableFuture.supplyAsync(() -> client.post(OFFERS, GOOD))
                    .handle((answer, trouble) -> answer == null ? trouble : answer);
            inside.await();
            host.close();
            interrupted.await();
            assertThat(running.join()).isNotNull();
        }
    }

    @Test
    void theProbesTellHowItIs() {
        FunctionHost host = start(QUIET);
        try (Client client = new Client(host)) {
            assertThat(client.get("/healthz/live").statusCode()).isEqualTo(200);
            assertThat(client.get("/healthz/ready").statusCode()).isEqualTo(200);
            assertThat(client.method("HEAD", "/healthz/ready").statusCode()).isEqualTo(200);
            assertThat(client.post("/healthz/ready", "").statusCode()).isEqualTo(405);
            assertThat(client.post("/warmup", "").statusCode()).isEqualTo(204);
            assertThat(client.get("/warmup").headers().firstValue("allow")).contains("POST");
        }
        host.close();
        host.close();
    }

    @Test
    void theProbeIsNotReadyWhileDraining() {
        Probes probes = new Probes(
                new Meters(
                        () -> {
                            throw new AssertionError();
                        },
                        () -> 0,
                        new Measures()),
                () -> {},
                new Log(Level.OFF, System.out));
        assertThat(probes.ready()).isFalse();
        probes.phase(Probes.Phase.READY);
        assertThat(probes.ready()).isTrue();
        probes.phase(Probes.Phase.DRAINING);
        assertThat(probes.ready()).isFalse();
        assertThat(probes.draining()).isTrue();
    }

    @Test
    void theMetersCountByUseCaseAndResult() {
        try (FunctionHost host = start(QUIET);
                Client client = new Client(host)) {
            client.post(OFFERS, GOOD, "idempotency-key", "m-1");
            client.post(OFFERS, GOOD, "idempotency-key", "m-1");
            client.post(OFFERS, "{}");
            await().untilAsserted(() -> assertThat(client.get("/metrics").body())
                    .contains("gavel_requests_seconds_count{result=\"accepted\",use_case=\"offer\"} 1")
                    .contains("gavel_requests_seconds_count{result=\"repeated\",use_case=\"offer\"} 1")
                    .contains("gavel_requests_seconds_count{result=\"invalid\",use_case=\"offer\"} 1")
                    .contains("gavel_requests_seconds_bucket{result=\"accepted\",use_case=\"offer\",le=\"0.1\"}")
                    .contains("gavel_idempotency_total{result=\"replayed\"} 1.0")
                    .contains("gavel_requests_in_flight 0.0")
                    .containsPattern("gavel_start_ready_seconds \\d")
                    .containsPattern("gavel_start_first_answer_seconds \\d"));
        }
    }

    @Test
    void everyRequestIsOneLineOfJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true));
        try (FunctionHost host = start(HostOptions.of("offer").with("GAVEL_LOG", "info"));
                Client client = new Client(host)) {
            client.post(OFFERS, GOOD, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            await().untilAsserted(() -> assertThat(bytes.toString())
                    .contains("\"use_case\":\"offer\"")
                    .contains("\"route\":\"/v1/auctions/{auctionId}/offers\"")
                    .contains("\"status\":201")
                    .contains("\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"")
                    .doesNotContain(Client.ALICE));
            assertThat(dev.gavel.events.Json.MAPPER.readTree(
                            bytes.toString().lines().findFirst().orElse("")))
                    .isNotNull();
            bytes.reset();
        } finally {
            System.setOut(before);
        }
        ByteArrayOutputStream quiet = new ByteArrayOutputStream();
        System.setOut(new PrintStream(quiet, true));
        try (FunctionHost host = start(HostOptions.of("offer").with("GAVEL_LOG", "warn"));
                Client client = new Client(host)) {
            client.post(OFFERS, GOOD);
        } finally {
            System.setOut(before);
        }
        assertThat(quiet.toString()).isEmpty();
    }

    @Test
    void aTraceGoesOnAndABrokenOneBeginsAnew() {
        try (FunctionHost host = start(QUIET);
                Client client = new Client(host)) {
            HttpResponse<String> known = client.post(
                    OFFERS,
                    GOOD,
                    "traceparent",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                    "x-request-id",
                    "req-1");
            assertThat(known.headers().firstValue("traceparent").orElse(""))
                    .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                    .doesNotContain("b7ad6b7169203331")
                    .endsWith("-00");
            assertThat(known.headers().firstValue("x-request-id")).contains("req-1");
            HttpResponse<String> broken = client.post(OFFERS, GOOD, "traceparent", "00-0af7-b7ad-01");
            assertThat(broken.headers().firstValue("traceparent").orElse(""))
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(broken.headers().firstValue("x-request-id").orElse("")).matches("[0-9a-f]{32}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Bare {
        @Bean
        @HttpRoute("POST /v1/auctions/{auctionId}/offers")
        Offer offer() {
            return new Offer(new Offer.Deeds());
        }

        @Bean
        @OnEvent(dev.gavel.events.AuctionEvent.AuctionOpened.class)
        SampleFunctions.FollowAuction follow() {
            return new SampleFunctions.FollowAuction(new SampleFunctions.Heard());
        }

        @Bean
        @OnEvent(dev.gavel.events.AuctionEvent.AuctionOpened.class)
        SampleFunctions.FollowAuction followToo() {
            return new SampleFunctions.FollowAuction(new SampleFunctions.Heard());
        }

        @Bean
        @HttpRoute("POST /v1/broken")
        Offer broken(Settings settings) {
            return new Offer(settings.text("GAVEL_NOT_THERE").isEmpty() ? new Offer.Deeds() : new Offer.Deeds());
        }
    }

    @Test
    void nothingIsKeptInMemoryUnasked() {
        assertThatThrownBy(() -> FunctionHost.start(QUIET, Bare.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("offer needs a bean of type IdempotencyRecords");
        assertThatThrownBy(() -> FunctionHost.start(HostOptions.of("follow"), Bare.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("follow needs a bean of type Inbox");
    }

    @Test
    void aMissingSettingIsSaidAtTheStart() {
        assertThatThrownBy(() -> FunctionHost.start(HostOptions.of("broken"), Bare.class))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The setting GAVEL_NOT_THERE is missing: set it.");
        assertThatThrownBy(() -> start(QUIET.with("GAVEL_REQUEST_TIMEOUT", "soon")))
                .hasMessageContaining("must be a duration in seconds");
    }

    @Test
    void twoUseCasesForOneEventCannotShareAHost() {
        assertThatThrownBy(() -> FunctionHost.start(
                        HostOptions.of("follow,followToo"), Map.of("inbox", new InMemoryInbox()), Bare.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Both follow and follow-too take");
    }

    @Configuration(proxyBeanMethods = false)
    static class Overriding {
        @Bean
        IdempotencyRecords idempotencyRecords() {
            return new InMemoryIdempotencyRecords(1);
        }

        @Bean
        CallerVerifier callerVerifier() {
            return new TrustingCallerVerifier();
        }
    }

    @Test
    void laterWiringReplacesBeansOfEarlierOnes() {
        try (FunctionHost host = FunctionHost.start(QUIET, SampleFunctions.class, Overriding.class)) {
            assertThat(host.bean(CallerVerifier.class)).isInstanceOf(TrustingCallerVerifier.class);
        }
    }

    @Test
    void aTakenPortIsSaid() {
        try (FunctionHost host = start(QUIET)) {
            assertThatThrownBy(() -> start(new HostOptions("offer", host.port(), Map.of())))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + host.port() + " cannot be listened on");
        }
    }
}
