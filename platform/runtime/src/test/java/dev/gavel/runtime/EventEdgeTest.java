package dev.gavel.runtime;

import static dev.gavel.runtime.Client.AUCTION;
import static dev.gavel.runtime.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventEdgeTest {

    private static final String DATA = "{\"auctionId\":\"" + AUCTION + "\",\"sellerId\":\"" + Client.ALICE
            + "\",\"reason\":\"broken\",\"cancelledAt\":\"2026-01-01T00:00:00Z\",\"newer\":1}";

    private static FunctionHost host;
    private static Client client;
    private static SampleFunctions.Heard heard;

    @BeforeAll
    static void start() {
        host = FunctionHost.start(
                HostOptions.of("followAuction,sweep").with("GAVEL_LOG", "off"), SampleFunctions.class);
        client = new Client(host);
        heard = host.bean(SampleFunctions.Heard.class);
    }

    @AfterAll
    static void stop() {
        client.close();
        host.close();
    }

    @BeforeEach
    void reset() {
        heard.calls.clear();
        heard.next = _ -> Outcome.accepted(Done.ONCE);
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", UUID.randomUUID().toString(),
                "ce-source", "/functions/cancel-auction",
                "ce-type", "dev.gavel.auction.cancelled.v1",
                "ce-subject", AUCTION,
                "ce-time", "2026-01-01T00:00:01Z",
                "ce-sequence", "7",
                "content-type", "application/json",
                "ce-knativekafkapartition", "3",
                "ce-knativekafkaoffset", "42"));
    }

    private static HttpResponse<String> deliver(Map<String, String> headers, String data) {
        HttpRequest.Builder request = client.request("/").POST(BodyPublishers.ofString(data));
        headers.forEach(request::setHeader);
        return client.send(request.build());
    }

    private static HttpResponse<String> deliverWith(String name, String value) {
        Map<String, String> headers = headers();
        headers.put(name, value);
        return deliver(headers, DATA);
    }

    /// A 2xx that echoes ce-* headers would be published again, for ever.
    private static void isSilent(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    }

    @Test
    void aFactReachesTheUseCaseWithItsAttributes() {
        isSilent(deliverWith("ce-id", "e-1"));
        assertThat(heard.calls).hasSize(1);
        Call<?> call = heard.calls.getFirst();
        assertThat(call.command())
                .isEqualTo(new Fact<>(
                        "/functions/cancel-auction",
                        7,
                        Instant.parse("2026-01-01T00:00:01Z"),
                        new AuctionCancelled(
                                new AuctionId(AUCTION),
                                new UserId(Client.ALICE),
                                "broken",
                                Instant.parse("2026-01-01T00:00:00Z"))));
        assertThat(call.caller()).isEqualTo(new Caller.Platform("/functions/cancel-auction"));
        assertThat(call.requestId()).isEqualTo("/functions/cancel-auction e-1");
    }

    @Test
    void structuredModeIsTheSame() {
        isSilent(deliver(
                Map.of("content-type", "application/cloudevents+json; charset=utf-8"),
                "{\"specversion\":\"1.0\",\"id\":\"s-1\",\"source\":\"/functions/cancel-auction\",\"type\":"
                        + "\"dev.gavel.auction.cancelled.v1\",\"subject\":\"" + AUCTION
                        + "\",\"time\":\"2026-01-01T00:00:01Z\",\"sequence\":\"7\",\"partitionkey\":\"x\",\"data\":"
                        + DATA + "}"));
        assertThat(heard.calls).hasSize(1);
        assertThat(((Fact<?>) heard.calls.getFirst().command()).sequence()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Rejection.Kind.class)
    void aRejectionIsTheUseCasesOwnAffair(Rejection.Kind kind) {
        heard.next = _ -> Outcome.rejected(new BidRejected.OfKind(kind));
        isSilent(deliver(headers(), DATA));
    }

    @Test
    void anEventDeliveredManyTimesHasOneEffect() {
        for (int i = 0; i < 200; i++) {
            isSilent(deliverWith("ce-id", "e-2"));
        }
        assertThat(heard.calls).hasSize(1);
        Map<String, String> otherSource = headers();
        otherSource.put("ce-id", "e-2");
        otherSource.put("ce-source", "/functions/other");
        isSilent(deliver(otherSource, DATA));
        assertThat(heard.calls).hasSize(2);
    }

    @Test
    void aSecondDeliveryDuringTheFirstIsRetriedByTheBroker() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        heard.next = _ -> {
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new Unavailable("interrupted", e);
            }
            return Outcome.accepted(Done.ONCE);
        };
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> deliverWith("ce-id", "e-3"));
        inside.await();
        HttpResponse<String> second = deliverWith("ce-id", "e-3");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(problem(second)).isEqualTo("event-still-running");
        go.countDown();
        isSilent(first.join());
        isSilent(deliverWith("ce-id", "e-3"));
        assertThat(heard.calls).hasSize(1);
    }

    static Stream<Arguments> trouble() {
        return Stream.of(
                Arguments.of(new StaleWrite("it"), 409, 4),
                Arguments.of(new Unavailable("gone"), 503, 1),
                Arguments.of(new IllegalStateException("secret"), 500, 1));
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void troubleIsDeliveredAgain(RuntimeException trouble, int status, int calls) {
        String id = "e-4-" + status;
        heard.next = _ -> {
            throw trouble;
        };
        HttpResponse<String> response = deliverWith("ce-id", id);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("secret").hasSizeLessThan(1024);
        assertThat(heard.calls).hasSize(calls);
        heard.next = _ -> Outcome.accepted(Done.ONCE);
        isSilent(deliverWith("ce-id", id));
        assertThat(heard.calls).hasSize(calls + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "ce-specversion, 0.1, not-a-cloudevent",
        "ce-id, '', not-a-cloudevent",
        "ce-time, yesterday, not-a-cloudevent",
        "ce-type, dev.gavel.auction.opened.v9, unknown-event",
        "ce-type, dev.gavel.auction.closed.v1, unknown-event",
        "ce-sequence, first, incomplete-event",
        "ce-subject, auc_other, subject-mismatch",
        "content-type, text/plain, undecodable-event",
        "content-type, application/cloudevents-batch+json, not-a-cloudevent",
        "content-type, application/cloudevents+avro, not-a-cloudevent"
    })
    void whatIsWrongWithAnEventIsSaid(String name, String value, String type) {
        HttpResponse<String> response = deliverWith(name, value);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(problem(response)).isEqualTo(type);
        assertThat(response.body()).hasSizeLessThan(1024);
        assertThat(heard.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-specversion", "ce-id", "ce-source", "ce-type", "ce-time", "ce-sequence", "ce-subject"})
    void everyAttributeIsNeeded(String name) {
        Map<String, String> headers = headers();
        headers.remove(name);
        assertThat(deliver(headers, DATA).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "5", "{}", "{\"auctionId\":5}", "\u0000"})
    void dataThatIsNotTheFactIsUndecodable(String data) {
        HttpResponse<String> response = deliver(headers(), data);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(problem(response)).isEqualTo("undecodable-event");
    }

    @Test
    void aTickIsACallEveryTime() {
        Map<String, String> tick = new TreeMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "t-1",
                "ce-source", "/apis/v1/namespaces/gavel/pingsources/sweep",
                "ce-type", "dev.knative.sources.ping"));
        isSilent(deliver(tick, ""));
        isSilent(deliver(tick, "{}"));
        assertThat(heard.calls).hasSize(2).allMatch(call -> call.command().equals(new Tick()));
    }

    @Test
    void onlyPostDelivers() {
        HttpResponse<String> response = client.get("/");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("POST");
    }

    @Test
    void anEventTooLargeForTheBrokerIsRefused() {
        for (int more : new int[] {1, Limits.EVENT, 2 * Limits.EVENT}) {
            assertThat(deliver(headers(), " ".repeat(Limits.EVENT + more)).statusCode())
                    .isEqualTo(413);
        }
    }
}
