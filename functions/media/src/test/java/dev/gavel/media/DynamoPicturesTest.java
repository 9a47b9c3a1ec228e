package dev.gavel.media;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoPicturesTest implements PicturesContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Pictures pictures() {
        DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");
        tables.create(CLIENT, "pictures", "outbox");
        return new DynamoPictures(
                CLIENT, tables, new DynamoOutbox(CLIENT, tables, new RecordingFactPublisher(), "media"));
    }
}
