package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class DynamoWritesTest {

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoTables tables = DynamoTables.of(settings);
    static final DynamoDbClient client = DynamoClients.of(settings);

    @BeforeAll
    static void tables() {
        tables.create(client, "users");
    }

    @Test
    void allItemsAreWrittenOrNone() {
        DynamoWrites.transact(client, List.of(unique("both-1"), unique("both-2")), "users");
        assertThatExceptionOfType(StaleWrite.class)
                .isThrownBy(
                        () -> DynamoWrites.transact(client, List.of(unique("none"), unique("both-2")), "user both-2"))
                .withMessageContaining("user both-2");
        assertThat(exists("both-1")).isTrue();
        assertThat(exists("none")).isFalse();
    }

    @Test
    void anAttemptTellsWhichConditionsFailed() {
        assertThat(DynamoWrites.attempt(client, List.of(unique("taken"), unique("also")), "users"))
                .isEmpty();
        assertThat(DynamoWrites.attempt(client, List.of(unique("new"), unique("taken"), unique("also")), "users"))
                .containsExactly(1, 2);
        assertThat(exists("new")).isFalse();
    }

    @Test
    void anItemIsNewOnlyOnce() {
        var first = DynamoWrites.putNew(users(), Map.of("pk", s("newborn"), "name", s("Anna")), "pk");
        var second = DynamoWrites.putNew(users(), Map.of("pk", s("newborn"), "name", s("Bora")), "pk");
        DynamoWrites.transact(client, List.of(first), "user");
        assertThatExceptionOfType(StaleWrite.class)
                .isThrownBy(() -> DynamoWrites.transact(client, List.of(second), "user"));
        assertThat(read("newborn")).containsEntry("name", s("Anna"));
    }

    @Test
    void ofTwoWhoDecidedOnTheSameItemOnlyTheFirstWrites() {
        DynamoWrites.transact(client, List.of(DynamoWrites.putNew(users(), counted(1, "Anna"), "pk")), "user");
        var first = DynamoWrites.putNext(users(), counted(2, "Bora"), "writes");
        var second = DynamoWrites.putNext(users(), counted(2, "Chul"), "writes");
        var tooFar = DynamoWrites.putNext(users(), counted(4, "Dana"), "writes");
        DynamoWrites.transact(client, List.of(first), "user");
        assertThat(DynamoWrites.attempt(client, List.of(second), "user")).containsExactly(0);
        assertThat(DynamoWrites.attempt(client, List.of(tooFar), "user")).containsExactly(0);
        assertThat(read("counted")).containsEntry("name", s("Bora"));
    }

    @Test
    void whatIsNotThereHasNoNextWrite() {
        var item = Map.of("pk", s("absent"), "writes", n(1));
        assertThat(DynamoWrites.attempt(client, List.of(DynamoWrites.putNext(users(), item, "writes")), "user"))
                .containsExactly(0);
    }

    @Test
    void anItemIsPutWhereAConditionHolds() {
        var unlessPaid = "attribute_not_exists(paid)";
        var item = Map.of("pk", s("order"), "paid", n(5));
        DynamoWrites.transact(client, List.of(DynamoWrites.put(users(), item, unlessPaid, Map.of())), "order");
        assertThat(DynamoWrites.attempt(
                        client, List.of(DynamoWrites.put(users(), item, unlessPaid, Map.of())), "order"))
                .containsExactly(0);
        assertThat(DynamoWrites.attempt(
                        client, List.of(DynamoWrites.put(users(), item, "paid = :due", Map.of(":due", n(5)))), "order"))
                .isEmpty();
    }

    @Test
    void aSingleWriteWhoseConditionFailsIsStale() {
        DynamoWrites.transact(client, List.of(unique("single")), "user");
        assertThatExceptionOfType(StaleWrite.class)
                .isThrownBy(() -> DynamoWrites.call(
                        "user",
                        () -> client.putItem(request -> request.tableName(tables.name("users"))
                                .item(Map.of("pk", s("single")))
                                .conditionExpression("attribute_not_exists(pk)"))));
    }

    @Test
    void aMissingTableIsUnavailableAndNamesTheSetting() {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> DynamoWrites.call(
                        "user",
                        () -> client.getItem(
                                request -> request.tableName("no-such-table").key(Map.of("pk", s("a"))))))
                .withMessageContaining("GAVEL_TABLE_PREFIX");
    }

    @ParameterizedTest
    @CsvSource({"TransactionConflict", "ConditionalCheckFailed"})
    void aTransactionThatMetAnotherIsStale(String reason) throws IOException {
        try (var server = cancelled("None", reason);
                var canned = server.client()) {
            assertThatExceptionOfType(StaleWrite.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a"), unique("b")), "user"));
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"ThrottlingError", "ProvisionedThroughputExceeded"})
    void aTransactionCancelledByThrottlingIsUnavailable(String reason) throws IOException {
        try (var server = cancelled(reason, "None");
                var canned = server.client()) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a"), unique("b")), "user"));
        }
    }

    @Test
    void aConflictIsNotMistakenForAConditionByAnAttempt() throws IOException {
        try (var server = cancelled("TransactionConflict", "None");
                var canned = server.client()) {
            assertThatExceptionOfType(StaleWrite.class)
                    .isThrownBy(() -> DynamoWrites.attempt(canned, List.of(unique("a"), unique("b")), "user"));
        }
    }

    @Test
    void aTransactionCancelledForABugStaysAsItIs() throws IOException {
        try (var server = cancelled("ValidationError", "None");
                var canned = server.client()) {
            assertThatExceptionOfType(TransactionCanceledException.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a"), unique("b")), "user"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException",
        "400, ThrottlingException",
        "400, RequestLimitExceeded",
        "400, TransactionInProgressException",
        "500, InternalServerError",
        "503, ServiceUnavailable"
    })
    void whatMayPassIsTriedThreeTimesAndThenUnavailable(int status, String error) throws IOException {
        try (var server = CannedDynamo.failing(status, error, "");
                var canned = server.client()) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a")), "user"));
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException", "400, AccessDeniedException"})
    void whatCannotPassStaysAsItIsAndIsNotRepeated(int status, String error) throws IOException {
        try (var server = CannedDynamo.failing(status, error, "");
                var canned = server.client()) {
            assertThatExceptionOfType(DynamoDbException.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a")), "user"));
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void aConflictOfASingleWriteIsStale() throws IOException {
        try (var server = CannedDynamo.failing(400, "TransactionConflictException", "");
                var canned = server.client()) {
            assertThatExceptionOfType(StaleWrite.class)
                    .isThrownBy(() -> DynamoWrites.call(
                            "user",
                            () -> canned.putItem(
                                    request -> request.tableName("users").item(Map.of("pk", s("a"))))));
        }
    }

    @Test
    void aServerThatRefusesConnectionsIsUnavailable() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var canned = CannedDynamo.client(port)) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a")), "user"))
                    .withMessageContaining("did not answer");
        }
    }

    @Test
    void aServerThatSaysNothingIsUnavailableAfterTheTimeLimit() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var canned = CannedDynamo.client(silent.getLocalPort())) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> DynamoWrites.transact(canned, List.of(unique("a")), "user"));
        }
    }

    private static CannedDynamo cancelled(String... reasons) throws IOException {
        var list = List.of(reasons).stream()
                .map(code -> "{\"Code\":\"" + code + "\"}")
                .toList();
        return CannedDynamo.failing(400, "TransactionCanceledException", ",\"CancellationReasons\":" + list);
    }

    private static TransactWriteItem unique(String pk) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(tables.name("users"))
                        .item(Map.of("pk", s(pk)))
                        .conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    private static Map<String, AttributeValue> counted(long writes, String name) {
        return Map.of("pk", s("counted"), "writes", n(writes), "name", s(name));
    }

    private static String users() {
        return tables.name("users");
    }

    private static Map<String, AttributeValue> read(String pk) {
        return DynamoReads.item(client, users(), Map.of("pk", s(pk)), "user").orElseThrow();
    }

    private static boolean exists(String pk) {
        return client.getItem(request -> request.tableName(tables.name("users"))
                        .key(Map.of("pk", s(pk)))
                        .consistentRead(true))
                .hasItem();
    }
}
