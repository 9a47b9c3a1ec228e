package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFactPublisherTest {

    private static final Fact<AuctionCancelled> FACT = new Fact<>(
            "/functions/cancel-auction",
            7,
            Instant.parse("2026-01-01T00:00:01.5Z"),
            new AuctionCancelled(
                    new AuctionId(Client.AUCTION),
                    new UserId(Client.ALICE),
                    "broken",
                    Instant.parse("2026-01-01T00:00:00Z")));

    private final Map<String, String> received = new HashMap<>();
    private final CountDownLatch hold = new CountDownLatch(1);
    private volatile String body = "";
    private volatile int status = 202;
    private volatile boolean silent;
    private HttpServer broker;

    @BeforeEach
    void start() throws IOException {
        broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        broker.createContext("/gavel/auctions", exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> received.put(name.toLowerCase(), values.getFirst()));
            body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (silent) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        broker.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        broker.start();
    }

    @AfterEach
    void stop() {
        hold.countDown();
        broker.stop(0);
    }

    private HttpFactPublisher publisher(String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("K_SINK", "http://127.0.0.1:" + broker.getAddress().getPort() + "/gavel/auctions"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new HttpFactPublisher(Settings.of(settings));
    }

    @Test
    void aFactIsACloudEventInBinaryMode() {
        Trace trace = Trace.start(Tracer.OFF);
        HttpFactPublisher publisher = publisher();
        trace.run(() -> publisher.publish(FACT));
        assertThat(received)
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-id", Client.AUCTION + "-7")
                .containsEntry("ce-source", "/functions/cancel-auction")
                .containsEntry("ce-type", "dev.gavel.auction.cancelled.v1")
                .containsEntry("ce-subject", Client.AUCTION)
                .containsEntry("ce-partitionkey", Client.AUCTION)
                .containsEntry("ce-sequence", "7")
                .containsEntry("ce-time", "2026-01-01T00:00:01.5Z")
                .containsEntry("ce-dataschema", "https://gavel.dev/schemas/auction.cancelled/1.1")
                .containsEntry("ce-traceparent", trace.traceparent())
                .containsEntry("traceparent", trace.traceparent())
                .containsEntry("content-type", "application/json");
        assertThat(body).startsWith("{\"auctionId\":\"" + Client.AUCTION + "\"");
    }

    @Test
    void whatIsPublishedIsUnderstoodByTheEdge() {
        try (FunctionHost host =
                FunctionHost.start(HostOptions.of("followAuction").with("GAVEL_LOG", "off"), SampleFunctions.class)) {
            HttpFactPublisher publisher = new HttpFactPublisher(
                    Settings.of(Map.of("K_SINK", host.uri().toString() + "/")));
            publisher.publish(FACT);
            assertThat(host.bean(SampleFunctions.Heard.class).calls.getFirst().command())
                    .isEqualTo(FACT);
        }
    }

    @Test
    void aBrokerThatRefusesIsUnavailable() {
        for (int refusal : new int[] {302, 400, 500, 503}) {
            status = refusal;
            HttpFactPublisher publisher = publisher();
            assertThatThrownBy(() -> publisher.publish(FACT))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining(Integer.toString(refusal));
        }
    }

    @Test
    void aBrokerThatIsAwayIsUnavailable() {
        broker.stop(0);
        HttpFactPublisher publisher = publisher();
        assertThatThrownBy(() -> publisher.publish(FACT)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsGivenUp() {
        silent = true;
        HttpFactPublisher publisher = publisher("GAVEL_PUBLISH_TIMEOUT", "0.2");
        assertThatThrownBy(() -> publisher.publish(FACT)).isInstanceOf(Unavailable.class);
    }

    @Test
    void factsOnTheirWayAreBounded() {
        HttpFactPublisher publisher = publisher("GAVEL_PUBLISH_TIMEOUT", "0.2", "GAVEL_PUBLISH_IN_FLIGHT", "0");
        assertThatThrownBy(() -> publisher.publish(FACT)).hasMessageContaining("too many events");
    }

    @Test
    void withoutABrokerThePublisherSaysWhatIsMissing() {
        HttpFactPublisher publisher = new HttpFactPublisher(Settings.of(Map.of("K_SINK", "")));
        assertThatThrownBy(() -> publisher.publish(FACT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("K_SINK");
    }
}
