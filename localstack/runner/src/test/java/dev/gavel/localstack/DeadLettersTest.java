package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.backends.Backends;
import dev.gavel.broker.BrokerPlane;
import dev.gavel.broker.Destination;
import dev.gavel.broker.Manifests;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Json;
import dev.gavel.operations.OperationsFunctions;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;

/// From an event that somebody does not understand to the operator who sends it on its way again: the manifests of
/// the cluster, a real Kafka, the real functions, and one subscriber that can be mended.
class DeadLettersTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final String TYPE = "dev.gavel.auction.bids-accepted.v1";
    private static final String OPERATOR = "usr_01KAMQA7C9E1G3J5M7P9R1T3V5";
    private static final String LIST = "/v1/operations/dead-letters";
    private static final Map<String, FunctionHost> HOSTS = new ConcurrentHashMap<>();

    private static Recipient recipient;
    private static BrokerPlane plane;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException {
        recipient = new Recipient();
        Path knative = RunningPlatform.ROOT.resolve("knative");
        Path fragile = Files.writeString(folder.resolve("fragile.yaml"), """
                apiVersion: eventing.knative.dev/v1
                kind: Trigger
                metadata: {name: fragile, namespace: gavel}
                spec:
                  broker: auctions
                  subscriber: {uri: %s}
                """.formatted(recipient.uri()));
        Manifests manifests = Manifests.read(
                "gavel",
                List.of(
                        knative.resolve("base/brokers.yaml"),
                        knative.resolve("functions/keep-dead-letter.yaml"),
                        knative.resolve("functions/index-bidding.yaml"),
                        fragile));
        plane = BrokerPlane.start(
                BrokerPlane.Options.of(Backends.shared("kafka").getAuthority(), manifests, DeadLettersTest::address));
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix()).create(client, "dead-letters", "idempotency", "inbox", "bidding");
        }
        host("index-bidding", "indexBidding", AuctionFunctions.class);
        host("keep-dead-letter", "keepDeadLetter", OperationsFunctions.class);
        host("list-dead-letters", "listDeadLetters", OperationsFunctions.class);
        host("redeliver-dead-letter", "redeliverDeadLetter", OperationsFunctions.class);
    }

    @AfterAll
    static void stop() {
        plane.close();
        HOSTS.values().forEach(FunctionHost::close);
        recipient.close();
    }

    private static void host(String service, String definition, Class<?> wiring) {
        HostOptions options = new HostOptions(definition, 0, DYNAMO.settings())
                .with("K_SINK", plane.ingress("gavel", "dead-letters").toString())
                .with("GAVEL_LOG", "error");
        HOSTS.put(service, FunctionHost.start(options, Map.of("callerVerifier", new TrustingCallerVerifier()), wiring));
    }

    /// A delivery to a function that has not started yet is tried again.
    private static URI address(Destination.Subscriber subscriber) {
        return function(subscriber.name());
    }

    private static URI function(String service) {
        return Optional.ofNullable(HOSTS.get(service))
                .orElseThrow(() -> new IllegalStateException(service + " is not there yet"))
                .uri();
    }

    private static FunctionCaller operator(String service) {
        return FunctionCaller.of(function(service)).withToken(OPERATOR + "+operator");
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    private static Map<String, String> publish(String id, String subject, String data) {
        Map<String, String> attributes = new TreeMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", id,
                "ce-source", "/functions/place-bid",
                "ce-type", TYPE,
                "ce-subject", subject,
                "ce-partitionkey", subject,
                "ce-sequence", "2",
                "ce-time", "2026-11-22T12:00:00Z",
                "ce-dataschema", "https://gavel.dev/schemas/auction.bids-accepted/1.0",
                "content-type", "application/json"));
        URI ingress = plane.ingress("gavel", "auctions");
        Answer stored = FunctionCaller.of(ingress).send("POST", ingress.getPath(), data, attributes);
        assertThat(stored.status()).as(stored.toString()).isEqualTo(202);
        return attributes;
    }

    private static List<JsonNode> letters(String eventId) {
        Answer page = operator("list-dead-letters").get(LIST + "?limit=50");
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        return page.json()
                .get("deadLetters")
                .valueStream()
                .filter(letter -> letter.get("eventId").asString().equals(eventId))
                .toList();
    }

    private static JsonNode letter(String eventId, String destination) {
        return letters(eventId).stream()
                .filter(letter -> letter.get("destination").asString().contains(destination))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no letter about " + eventId + " from " + destination));
    }

    private static JsonNode awaited(String eventId, String destination, String state, int redeliveries) {
        patiently().untilAsserted(() -> {
            JsonNode letter = letter(eventId, destination);
            assertThat(letter.get("state").asString()).isEqualTo(state);
            assertThat(letter.get("redeliveries").asInt()).isEqualTo(redeliveries);
        });
        return letter(eventId, destination);
    }

    private static void redeliver(JsonNode letter) {
        Answer answer = operator("redeliver-dead-letter")
                .post(LIST + "/" + letter.get("id").asString() + "/redeliver", Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static double seenAgain() {
        return FunctionCaller.of(function("index-bidding"))
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gavel_inbox") && line.contains("result=\"seen\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void whatWasMendedGetsItsEventOnceAndNobodyElseNotices() throws IOException {
        String good = Files.readString(
                RunningPlatform.ROOT.resolve("events/src/test/resources/samples/" + TYPE + "/1.0-1.json"));
        String subject = Json.MAPPER.readTree(good).get("auctionId").asString();
        String broken = UUID.randomUUID().toString();
        String decodable = UUID.randomUUID().toString();
        Map<String, String> published = publish(broken, subject, "{\"auctionId\":");
        publish(decodable, subject, good);

        // The broken event is refused by both subscribers, the good one only by the fragile one.
        JsonNode unread = awaited(broken, "index-bidding", "waiting", 0);
        assertThat(unread.get("code").asString()).isEqualTo("400");
        assertThat(unread.get("reason").asString()).contains("undecodable-event");
        assertThat(unread.get("data").asString()).isEqualTo("{\"auctionId\":");
        assertThat(unread.get("type").asString()).isEqualTo(TYPE);
        JsonNode refused = awaited(decodable, recipient.uri().toString(), "waiting", 0);
        assertThat(refused.get("reason").asString()).isEqualTo("이 사건을 읽을 수 없다");
        awaited(broken, recipient.uri().toString(), "waiting", 0);
        assertThat(letters(broken)).hasSize(2);
        assertThat(letters(decodable)).hasSize(1);

        // The control: as long as nothing is mended a redelivered event comes back.
        redeliver(refused);
        JsonNode back = awaited(decodable, recipient.uri().toString(), "waiting", 1);
        assertThat(back.get("redeliveredBy").asString()).isEqualTo(OPERATOR);
        assertThat(recipient.refused(decodable)).hasSize(2);
        assertThat(recipient.taken(decodable)).isEmpty();
        patiently().untilAsserted(() -> assertThat(seenAgain()).isEqualTo(1));

        recipient.mend();
        redeliver(back);
        redeliver(letter(broken, recipient.uri().toString()));
        patiently().untilAsserted(() -> {
            assertThat(recipient.taken(decodable)).hasSize(1);
            assertThat(recipient.taken(broken)).hasSize(1);
            assertThat(seenAgain()).isEqualTo(2);
        });
        // Who still cannot read the broken event says so again, and everything has been delivered by then.
        JsonNode stillUnread = awaited(broken, "index-bidding", "waiting", 1);
        assertThat(awaited(decodable, recipient.uri().toString(), "redelivered", 2)
                        .get("redeliveredAt")
                        .asString())
                .isNotBlank();
        awaited(broken, recipient.uri().toString(), "redelivered", 1);
        assertThat(stillUnread.has("redeliveredBy")).isFalse();
        assertThat(recipient.taken(decodable)).hasSize(1);
        assertThat(recipient.taken(broken)).hasSize(1);

        Map<String, String> attributes =
                new TreeMap<>(recipient.taken(broken).getFirst().attributes());
        assertThat(attributes.remove("ce-gavelredelivery")).isEqualTo("1");
        attributes.keySet().removeIf(name -> name.startsWith("ce-knativekafka"));
        assertThat(attributes).isEqualTo(published);
        assertThat(recipient.taken(broken).getFirst().data()).isEqualTo("{\"auctionId\":");
    }
}
