package dev.gavel.accounts;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoSessionsTest extends SessionsContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static DynamoDbClient client;
    private static DynamoSessions sessions;

    @BeforeAll
    static void makeTables() {
        client = DynamoClients.of(Settings.of(DYNAMO.settings()));
        DynamoTables tables = DynamoTables.of(Settings.of(DYNAMO.settings()));
        tables.create(client, "sessions");
        sessions = new DynamoSessions(client, tables);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Override
    Sessions sessions() {
        return sessions;
    }
}
