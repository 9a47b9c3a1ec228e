package dev.gavel.operations;

import static dev.gavel.operations.Letters.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoItems;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.AnyEvent;
import dev.gavel.runtime.EventPublisher;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;

/// The functions of this context as the broker and operators see them, over HTTP and on a real store.
class OperationsFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final String LIST = "/v1/operations/dead-letters";
    private static final List<AnyEvent> SENT = new CopyOnWriteArrayList<>();
    private static final EventPublisher BROKERS = (_, event) -> SENT.add(event);

    private static FunctionHost keeping;
    private static FunctionHost listing;
    private static FunctionHost redelivering;

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix()).create(client, "dead-letters", "idempotency");
        }
        keeping = host("keepDeadLetter");
        listing = host("listDeadLetters");
        redelivering = host("redeliverDeadLetter");
    }

    @AfterAll
    static void stop() {
        keeping.close();
        listing.close();
        redelivering.close();
    }

    private static FunctionHost host(String definition) {
        return FunctionHost.start(
                new HostOptions(definition, 0, DYNAMO.settings())
                        .with("GAVEL_CONTEXT", "operations")
                        .with("GAVEL_LOG", "error"),
                Map.of("callerVerifier", new TrustingCallerVerifier(), "eventPublisher", BROKERS),
                OperationsFunctions.class);
    }

    private static FunctionCaller operator(FunctionHost host) {
        return FunctionCaller.of(host.uri()).withToken(OPERATOR + "+operator");
    }

    private static Answer deliver(String id, String type, String data) {
        return FunctionCaller.of(keeping.uri())
                .send(
                        "POST",
                        "/",
                        data,
                        Map.of(
                                "ce-specversion", "1.0",
                                "ce-id", id,
                                "ce-source", "/functions/place-bid",
                                "ce-type", type,
                                "ce-partitionkey", "auc_1",
                                "ce-knativeerrordest", "http://index-bidding.gavel.svc.cluster.local",
                                "ce-knativeerrorcode", "400",
                                "ce-knativeerrordata", Letters.base64("no"),
                                "ce-knativekafkaoffset", "3"));
    }

    private static JsonNode found(String id) {
        String cursor = "";
        do {
            JsonNode page = operator(listing).get(LIST + "?limit=3" + cursor).json();
            for (JsonNode letter : page.get("deadLetters")) {
                if (letter.get("eventId").asString().equals(id)) {
                    return letter;
                }
            }
            cursor = page.has("cursor")
                    ? "&cursor=" + URLEncoder.encode(page.get("cursor").asString(), StandardCharsets.UTF_8)
                    : "";
        } while (!cursor.isEmpty());
        throw new AssertionError(id + " is not listed");
    }

    private static String redeliver(JsonNode letter) {
        return LIST + "/" + letter.get("id").asString() + "/redeliver";
    }

    @Test
    void whatNobodyUnderstandsIsKeptListedAndRedelivered() {
        String id = UUID.randomUUID().toString();
        for (int i = 0; i < 200; i++) {
            Answer answer = deliver(id, Letters.TYPE, "{");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers()).doesNotContainKey("ce-id");
        }
        JsonNode letter = found(id);
        assertThat(letter.get("reason").asString()).isEqualTo("no");
        assertThat(letter.get("data").asString()).isEqualTo("{");
        assertThat(letter.get("state").asString()).isEqualTo("waiting");
        assertThat(letter.has("redeliveredAt")).isFalse();
        assertThat(letter.has("time")).isFalse();

        FunctionCaller operator = operator(redelivering);
        Answer first = operator.post(redeliver(letter), Map.of(), "one-press-" + id);
        Answer again = operator.post(redeliver(letter), Map.of(), "one-press-" + id);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(SENT)
                .filteredOn(event -> event.id().equals(id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.extensions())
                            .isEqualTo(Map.of("partitionkey", "auc_1", DeadLetter.REDELIVERY, "1"));
                    assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo("{");
                });
        assertThat(found(id).get("state").asString()).isEqualTo("redelivered");
        assertThat(found(id).get("redeliveredBy").asString()).isEqualTo(OPERATOR.value());
    }

    @Test
    void onlyOperatorsMay() {
        String path = LIST + "/" + DeadLetterId.of("/s", "i", "d") + "/redeliver";
        for (FunctionHost host : List.of(listing, redelivering)) {
            FunctionCaller nobody = FunctionCaller.of(host.uri());
            FunctionCaller user = nobody.withToken(OPERATOR.value());
            assertThat((host == listing ? nobody.get(LIST) : nobody.post(path, Map.of())).status())
                    .isEqualTo(401);
            assertThat((host == listing ? user.get(LIST) : user.post(path, Map.of())).status())
                    .isEqualTo(403);
        }
        assertThat(operator(listing).get(LIST).status()).isEqualTo(200);
        assertThat(operator(redelivering).post(path, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeRedeliveredSaysWhy() {
        String id = UUID.randomUUID().toString();
        deliver(id, "com.example.strange", "?");
        Answer answer = operator(redelivering).post(redeliver(found(id)), Map.of());
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).endsWith("/dead-letter-origin-unknown");
        assertThat(answer.json().get("eventType").asString()).isEqualTo("com.example.strange");
        assertThat(operator(redelivering)
                        .post(LIST + "/nonsense/redeliver", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(operator(listing).get(LIST + "?limit=51").status()).isEqualTo(422);
        assertThat(operator(listing).get(LIST + "?cursor=forged").status()).isEqualTo(422);
    }

    @Test
    void manyDeliveriesAtOnceAreOneLetter() {
        String id = UUID.randomUUID().toString();
        List<Integer> statuses = IntStream.range(0, 32)
                .parallel()
                .mapToObj(_ -> deliver(id, Letters.TYPE, "{").status())
                .toList();
        // Who lost every race is delivered again by the broker.
        assertThat(statuses).isSubsetOf(202, 409).contains(202);
        assertThat(deliver(id, Letters.TYPE, "{").status()).isEqualTo(202);
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            assertThat(client.scan(scan -> scan.tableName(DYNAMO.tablePrefix() + "dead-letters"))
                            .items())
                    .filteredOn(item -> id.equals(DynamoItems.text(item, "eventId")))
                    .singleElement()
                    .satisfies(item ->
                            assertThat(DynamoItems.number(item, "version")).isEqualTo(1));
        }
    }
}
