package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoStoreTest implements StoreContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));
    private static final DynamoTables TABLES = DynamoTables.of(DYNAMO.tablePrefix());

    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoOutbox outbox = new DynamoOutbox(CLIENT, TABLES, broker, "notifications");
    private final DynamoDeliveries deliveries = new DynamoDeliveries(CLIENT, TABLES);

    @BeforeAll
    static void create() {
        TABLES.create(CLIENT, "notices", "deliveries", "readers", "titles", "outbox");
    }

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Notices notices() {
        return new DynamoNotices(CLIENT, TABLES, outbox, deliveries);
    }

    @Override
    public Deliveries deliveries() {
        return deliveries;
    }

    @Override
    public Readers readers() {
        return new DynamoReaders(CLIENT, TABLES);
    }

    @Override
    public Titles titles() {
        return new DynamoTitles(CLIENT, TABLES);
    }

    @Test
    void whatACrashLeftUnannouncedIsSweptLater() {
        Notice notice = StoreContract.fresh(Post.somebody(), Post.NOON);
        notices().add(notice, List.of(), Post.created(notice));
        assertThat(broker.facts()).isEmpty();

        outbox.sweep(Post.NOON.plusSeconds(86_400), 100);

        assertThat(broker.ids()).contains(notice.noticeId() + "-1");
    }
}
