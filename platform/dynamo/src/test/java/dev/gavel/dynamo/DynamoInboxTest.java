package dev.gavel.dynamo;

import dev.gavel.runtime.Inbox;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.InboxContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoInboxTest extends InboxContract {

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoTables tables = DynamoTables.of(settings);
    static final DynamoDbClient client = DynamoClients.of(settings);

    private final Inbox inbox = new DynamoInbox(client, tables);

    @BeforeAll
    static void tables() {
        tables.create(client, "inbox");
    }

    @Override
    protected Inbox inbox() {
        return inbox;
    }
}
