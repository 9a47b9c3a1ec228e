package dev.gavel.auctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Json;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;

/// What a collector is told of a bid, from its request to the consumer of its fact.
class TracedBidTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;

    private record Seen(String service, JsonNode span) {

        String text(String member) {
            return span.path(member).asString("");
        }
    }

    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void aBidIsOneTraceFromTheRequestToTheConsumerOfItsFact() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix())
                    .create(client, "auctions", "auction-products", "bidding", "outbox", "idempotency", "inbox");
        }
        URI collector = serve(this::collect);
        FunctionHost indexing = host("indexBidding", collector, URI.create("http://127.0.0.1:9"));
        URI broker = serve(http -> pass(http, indexing.uri()));
        FunctionHost opening = host("openAuction", collector, broker);
        FunctionHost bidding = host("placeBid", collector, broker);

        Answer opened = FunctionCaller.of(opening.uri())
                .withToken(Auctioneer.SELLER.value())
                .post(
                        "/v1/auctions",
                        Map.of(
                                "title",
                                "필름 카메라",
                                "startPrice",
                                Map.of("amount", "1000", "currency", "KRW"),
                                "duration",
                                "PT1H"));
        Answer bid = FunctionCaller.of(bidding.uri())
                .withToken(Auctioneer.ANNA.value())
                .withHeader("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .post(
                        "/v1/auctions/" + opened.json().get("auctionId").asString() + "/bids",
                        Map.of("maximum", Map.of("amount", "20000", "currency", "KRW")));
        assertThat(bid.status()).as(bid.text()).isEqualTo(201);

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Seen request = one("place-bid", SERVER, "POST /v1/auctions/{auctionId}/bids", CALLER);
            Seen commit = one("place-bid", 1, "commit bids", request.text("spanId"));
            one("place-bid", CLIENT, "DynamoDb.TransactWriteItems", commit.text("spanId"));
            Seen publish =
                    one("place-bid", PRODUCER, "publish dev.gavel.auction.bids-accepted.v1", commit.text("spanId"));
            Seen consumer = one(
                    "index-bidding", CONSUMER, "process dev.gavel.auction.bids-accepted.v1", publish.text("spanId"));
            assertThat(spans)
                    .anyMatch(span -> span.service().equals("index-bidding")
                            && span.text("name").startsWith("DynamoDb.")
                            && span.text("parentSpanId").equals(consumer.text("spanId")));
        });
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.text("traceId")).matches("[0-9a-f]{32}");
            assertThat(Long.parseLong(span.text("endTimeUnixNano")))
                    .isGreaterThanOrEqualTo(Long.parseLong(span.text("startTimeUnixNano")));
        });
    }

    private Seen one(String service, int kind, String name, String parent) {
        List<Seen> found = spans.stream()
                .filter(span -> span.service().equals(service)
                        && span.text("traceId").equals(TRACE)
                        && span.text("name").equals(name)
                        && span.span().path("kind").asInt() == kind
                        && span.text("parentSpanId").equals(parent))
                .toList();
        assertThat(found)
                .as("%s of %s below %s in %s", name, service, parent, spans)
                .hasSize(1);
        return found.getFirst();
    }

    private void collect(HttpExchange http) throws IOException {
        JsonNode message = Json.MAPPER.readTree(http.getRequestBody().readAllBytes());
        assertThat(http.getRequestURI().getPath()).isEqualTo("/v1/traces");
        for (JsonNode resource : message.path("resourceSpans")) {
            String service = resource.at("/resource/attributes")
                    .valueStream()
                    .filter(attribute -> attribute.path("key").asString().equals("service.name"))
                    .map(attribute -> attribute.at("/value/stringValue").asString())
                    .findFirst()
                    .orElseThrow();
            for (JsonNode scope : resource.path("scopeSpans")) {
                scope.path("spans").forEach(span -> spans.add(new Seen(service, span)));
            }
        }
        http.sendResponseHeaders(200, -1);
    }

    /// A broker that knows of CloudEvents only: headers of the request itself do not get through.
    private static void pass(HttpExchange http, URI subscriber) throws IOException {
        byte[] body = http.getRequestBody().readAllBytes();
        if ("dev.gavel.auction.bids-accepted.v1".equals(http.getRequestHeaders().getFirst("ce-type"))) {
            HttpRequest.Builder delivery = HttpRequest.newBuilder(subscriber.resolve("/"))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body));
            http.getRequestHeaders().forEach((name, values) -> {
                if (name.regionMatches(true, 0, "ce-", 0, 3)) {
                    delivery.header(name, values.getFirst());
                }
            });
            try (HttpClient client = HttpClient.newHttpClient()) {
                assertThat(client.send(delivery.build(), BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(202);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        http.sendResponseHeaders(202, -1);
    }

    private URI serve(HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", http -> {
                try (http) {
                    handler.handle(http);
                }
            });
            server.start();
            open.add(() -> server.stop(0));
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private FunctionHost host(String definition, URI collector, URI broker) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("GAVEL_CONTEXT", "auctions")
                .with("GAVEL_LOG", "error")
                .with("K_SINK", broker + "/gavel/auctions")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.toString());
        FunctionHost host = FunctionHost.start(
                options, Map.of("callerVerifier", new TrustingCallerVerifier()), AuctionFunctions.class);
        open.add(host);
        return host;
    }
}
