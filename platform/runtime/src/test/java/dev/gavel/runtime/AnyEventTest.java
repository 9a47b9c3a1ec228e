package dev.gavel.runtime;

import static dev.gavel.runtime.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gavel.events.AnyEvent;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UserId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Events as they come in for a use case that takes any, and as they go out again.
class AnyEventTest {

    private static FunctionHost host;
    private static Client client;
    private static SampleFunctions.Heard heard;

    @BeforeAll
    static void start() {
        host = FunctionHost.start(
                HostOptions.of("keepAnything,followAuction").with("GAVEL_LOG", "off"), SampleFunctions.class);
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

    private static HttpResponse<String> deliver(Map<String, String> headers, byte[] data) {
        HttpRequest.Builder request = client.request("/").POST(BodyPublishers.ofByteArray(data));
        headers.forEach(request::setHeader);
        return client.send(request.build());
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "any-1",
                "ce-source", "/functions/place-bid",
                "ce-type", "dev.gavel.auction.bids-accepted.v1"));
    }

    private static AnyEvent only() {
        assertThat(heard.calls).hasSize(1);
        return (AnyEvent) heard.calls.getFirst().command();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "\u0000", "\u00ff\u00fe"})
    void anEventNobodyUnderstandsArrivesAsItIs(String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        Map<String, String> headers = headers();
        headers.putAll(Map.of(
                "ce-subject", "auc_1",
                "ce-time", "2026-01-01T09:00:01+09:00",
                "ce-dataschema", "https://gavel.dev/schemas/x/1.0",
                "ce-knativeerrorcode", "400",
                "ce-sequence", "first",
                "content-type", "application/json"));
        HttpResponse<String> response = deliver(headers, data);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
        assertThat(only())
                .isEqualTo(new AnyEvent(
                        "any-1",
                        "/functions/place-bid",
                        "dev.gavel.auction.bids-accepted.v1",
                        "auc_1",
                        OffsetDateTime.parse("2026-01-01T09:00:01+09:00"),
                        "application/json",
                        "https://gavel.dev/schemas/x/1.0",
                        data,
                        Map.of("knativeerrorcode", "400", "sequence", "first")));
        assertThat(heard.calls.getFirst().caller()).isEqualTo(new Caller.Platform("/functions/place-bid"));
    }

    @Test
    void onlyIdSourceAndTypeAreNeeded() {
        assertThat(deliver(headers(), new byte[0]).statusCode()).isEqualTo(202);
        AnyEvent event = only();
        assertThat(event.subject()).isNull();
        assertThat(event.time()).isNull();
        assertThat(event.dataContentType()).isNull();
        assertThat(event.extensions()).isEmpty();
        for (String name : headers().keySet()) {
            Map<String, String> less = headers();
            less.remove(name);
            assertThat(deliver(less, new byte[0]).statusCode()).as(name).isEqualTo(400);
        }
        assertThat(heard.calls).hasSize(1);
    }

    @Test
    void everyDeliveryIsACallBecauseThereIsNoInbox() {
        for (int i = 0; i < 200; i++) {
            assertThat(deliver(headers(), new byte[0]).statusCode()).isEqualTo(202);
        }
        assertThat(heard.calls).hasSize(200);
    }

    @Test
    void whatAnotherUseCaseTakesByItsTypeIsNotTakenTwice() {
        HttpFactPublisher publisher =
                new HttpFactPublisher(Settings.of(Map.of("K_SINK", host.uri().toString() + "/")));
        publisher.publish(new Fact<>(
                "/functions/cancel-auction",
                3,
                Instant.EPOCH,
                new AuctionCancelled(
                        new AuctionId(Client.AUCTION), new UserId(Client.ALICE), "broken", Instant.EPOCH)));
        assertThat(heard.calls).hasSize(1);
        assertThat(heard.calls.getFirst().command()).isInstanceOf(Fact.class);
    }

    @Test
    void anIdTooLongForTheInboxIsKeptAllTheSame() {
        Map<String, String> headers = headers();
        headers.put("ce-id", "x".repeat(500));
        assertThat(deliver(headers, new byte[0]).statusCode()).isEqualTo(202);
        assertThat(only().id()).hasSize(500);
        headers.put("ce-type", "dev.gavel.auction.cancelled.v1");
        assertThat(deliver(headers, new byte[0]).statusCode()).isEqualTo(400);
    }

    @Test
    void attributesAreBounded() {
        Map<String, String> structured = Map.of("content-type", "application/cloudevents+json");
        for (int length : new int[] {100, 40_000}) {
            HttpResponse<String> response = deliver(
                    structured,
                    ("{\"specversion\":\"1.0\",\"id\":\"l\",\"source\":\"/s\",\"type\":\"t\",\"more\":\""
                                    + "x".repeat(length) + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(response.statusCode()).isEqualTo(length < 1000 ? 202 : 400);
            if (length > 1000) {
                assertThat(problem(response)).isEqualTo("attributes-too-long");
            }
        }
        assertThat(heard.calls).hasSize(1);
    }

    @Test
    void twoThatTakeAnythingDoNotFitIntoOneHost() {
        assertThat(catchThrowable(() -> FunctionHost.start(
                        HostOptions.of("keepAnything,keepMore").with("GAVEL_LOG", "off"), More.class)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("any type");
    }

    @Import(SampleFunctions.class)
    @Configuration(proxyBeanMethods = false)
    static class More {
        @Bean
        @OnAnyEvent
        SampleFunctions.KeepAnything keepMore(SampleFunctions.Heard heard) {
            return new SampleFunctions.KeepAnything(heard);
        }
    }

    @Test
    void whatIsPublishedComesInAsItWas() {
        AnyEvent event = new AnyEvent(
                "e 1",
                "/functions/place-bid?x=1",
                "no.such.type",
                "auc_1",
                OffsetDateTime.parse("2026-01-01T09:00:01.5+09:00"),
                "text/plain",
                "https://gavel.dev/schemas/x/1.0",
                new byte[] {0, -1, 10},
                Map.of("partitionkey", "auc_1", "traceparent", "00-1-2-03"));
        HttpEventPublisher publisher =
                new HttpEventPublisher(Settings.of(Map.of("K_SINK", host.uri() + "/dead-letters")));
        assertThat(catchThrowable(() -> publisher.publish("auctions", event)))
                .as("the function takes events on / only, so this shows where it was sent")
                .hasMessageContaining("404");
        try (var broker = new Passing(host.uri())) {
            new HttpEventPublisher(Settings.of(Map.of("K_SINK", broker.uri() + "/gavel/dead-letters")))
                    .publish("auctions", event);
            assertThat(broker.paths()).containsExactly("/gavel/auctions");
        }
        assertThat(only()).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "/", "//evil.example", "http://evil.example/", "a/b", "a?b", "A", "a#b", "a b"})
    void whatCanBeNoBrokerIsNeverSentTo(String name) {
        HttpEventPublisher publisher =
                new HttpEventPublisher(Settings.of(Map.of("K_SINK", "http://127.0.0.1:1/gavel/dead-letters")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publisher.publish(
                        name, new AnyEvent("i", "/s", "t", null, null, null, null, new byte[0], Map.of())));
    }

    @Test
    void aHeaderIsAlwaysAscii() {
        assertThat(HttpSink.printable("a b~")).isEqualTo("a b~");
        assertThat(HttpSink.printable("가\r\n")).isEqualTo("%EA%B0%80%0D%0A");
    }
}
