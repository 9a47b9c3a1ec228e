package dev.gavel.accounts;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoSigningKeysTest extends SigningKeysContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static DynamoDbClient client;
    private static DynamoSigningKeys keys;

    @BeforeAll
    static void makeTables() {
        client = DynamoClients.of(Settings.of(DYNAMO.settings()));
        DynamoTables tables = DynamoTables.of(Settings.of(DYNAMO.settings()));
        tables.create(client, "signing-keys");
        keys = new DynamoSigningKeys(client, tables);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Override
    SigningKeys keys() {
        return keys;
    }
}
