package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoReadsTest {

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoTables tables = DynamoTables.of(settings);
    static final DynamoDbClient client = DynamoClients.of(settings);
    static final String ring = tables.name("signing-keys");

    @BeforeAll
    static void items() {
        tables.create(client, "signing-keys");
        for (int generation = 1; generation <= 120; generation++) {
            Map<String, AttributeValue> item =
                    Map.of("ring", s("a"), "generation", n(generation), "kid", s("k" + generation));
            client.putItem(put -> put.tableName(ring).item(item));
        }
    }

    @Test
    void anItemIsFoundByItsKey() {
        assertThat(DynamoReads.item(client, ring, key(7), "key 7"))
                .hasValueSatisfying(item -> assertThat(kid(item)).isEqualTo("k7"));
        assertThat(DynamoReads.item(client, ring, key(0), "key 0")).isEmpty();
    }

    @Test
    void itemsComeInTheOrderOfTheirKeysWithoutThoseThatAreNotThere() {
        var keys = List.of(key(9), key(500), key(2), key(9), key(4));
        assertThat(DynamoReads.items(client, ring, keys, "keys"))
                .extracting(DynamoReadsTest::kid)
                .containsExactly("k9", "k2", "k9", "k4");
    }

    @Test
    void aHundredItemsAreReadAtOnceAndNoMore() {
        var hundred = keys(100);
        assertThat(DynamoReads.items(client, ring, hundred, "keys"))
                .hasSize(100)
                .last()
                .satisfies(item -> assertThat(kid(item)).isEqualTo("k100"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamoReads.items(client, ring, keys(101), "keys"))
                .withMessageContaining("at most 100");
    }

    @Test
    void nobodyIsAskedForNothing() throws IOException {
        try (var server = new CannedDynamo(200, "{}");
                var canned = server.client()) {
            assertThat(DynamoReads.items(canned, "users", List.of(), "users")).isEmpty();
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void whatIsLeftUnreadIsAskedForAgain() throws IOException {
        try (var server = new CannedDynamo(200, answer("b", "a", "c"), answer("c", "a"), answer("a"));
                var canned = server.client()) {
            assertThat(DynamoReads.items(canned, "users", List.of(user("a"), user("b"), user("c")), "users"))
                    .containsExactly(user("a"), user("b"), user("c"));
            assertThat(server.requests()).isEqualTo(3);
            assertThat(server.asked()).contains("\"a\"").doesNotContain("\"b\"", "\"c\"");
        }
    }

    @Test
    void aTableThatStaysTooBusyIsUnavailableAfterSixRounds() throws IOException {
        try (var server = new CannedDynamo(200, answer("b", "a"), nothing("a"));
                var canned = server.client()) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> DynamoReads.items(canned, "users", List.of(user("a"), user("b")), "users a, b"))
                    .withMessageContaining("users a, b");
            assertThat(server.requests()).isEqualTo(6);
        }
    }

    private static String answer(String found, String... unread) {
        return "{\"Responses\":{\"users\":[" + json(found) + "]},\"UnprocessedKeys\":" + unread(unread) + "}";
    }

    private static String nothing(String... unread) {
        return "{\"Responses\":{},\"UnprocessedKeys\":" + unread(unread) + "}";
    }

    private static String unread(String... pks) {
        var keys = List.of(pks).stream().map(DynamoReadsTest::json).toList();
        return pks.length == 0 ? "{}" : "{\"users\":{\"ConsistentRead\":true,\"Keys\":" + keys + "}}";
    }

    private static String json(String pk) {
        return "{\"pk\":{\"S\":\"" + pk + "\"}}";
    }

    private static Map<String, AttributeValue> user(String pk) {
        return Map.of("pk", s(pk));
    }

    private static List<Map<String, AttributeValue>> keys(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(DynamoReadsTest::key).toList();
    }

    private static Map<String, AttributeValue> key(int generation) {
        return Map.of("ring", s("a"), "generation", n(generation));
    }

    private static String kid(Map<String, AttributeValue> item) {
        return DynamoItems.text(item, "kid");
    }
}
