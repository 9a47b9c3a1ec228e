package dev.gavel.accounts;

import static dev.gavel.dynamo.DynamoItems.s;
import static org.awaitility.Awaitility.await;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoUsersTest extends UsersContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final RecordingFactPublisher BROKER = new RecordingFactPublisher();
    private static DynamoDbClient client;
    private static DynamoTables tables;
    private static DynamoOutbox outbox;
    private static DynamoUsers users;

    @BeforeAll
    static void makeTables() {
        client = DynamoClients.of(Settings.of(DYNAMO.settings()));
        tables = DynamoTables.of(Settings.of(DYNAMO.settings()));
        tables.create(client, "users", "outbox");
        outbox = new DynamoOutbox(client, tables, BROKER, "accounts");
        users = new DynamoUsers(client, tables, outbox);
    }

    @AfterAll
    static void close() {
        outbox.close();
        client.close();
    }

    @Override
    Users users() {
        return users;
    }

    @Override
    List<Fact<?>> facts(UserId user) {
        // What is published leaves the outbox; until then it is not settled what was told.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> outbox.backlog(AccountsFixture.START).facts() == 0);
        return BROKER.facts().stream()
                .filter(fact -> fact.subject().equals(user.value()))
                .<Fact<?>>map(fact -> fact)
                .toList();
    }

    @Override
    void giveRole(UserId user, String role) {
        client.updateItem(request -> request.tableName(tables.name("users"))
                .key(Map.of("pk", s(user.value())))
                .updateExpression("ADD #roles :role")
                .expressionAttributeNames(Map.of("#roles", "roles"))
                .expressionAttributeValues(Map.of(":role", AttributeValue.fromSs(List.of(role)))));
    }
}
