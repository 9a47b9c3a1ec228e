package dev.gavel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.ParcelEvent;
import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.runtime.Settings;
import dev.gavel.shipping.ParcelRules.Change;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoParcelsTest implements ParcelsContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");
    private final DynamoOutbox outbox = new DynamoOutbox(CLIENT, tables, broker, "shipping");

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Parcels parcels() {
        tables.create(CLIENT, "parcels", "outbox");
        return new DynamoParcels(CLIENT, tables, outbox);
    }

    @Test
    void whatACrashLeftUnannouncedIsSweptLater() {
        Parcels parcels = parcels();
        Parcel parcel = Post.parcel();
        parcels.save(parcel, List.of());
        Change change = ParcelRules.heard(parcel, List.of(Post.passed(Stage.DELIVERED, 1)), Post.hour(2));
        Parcel next = change.next().written(true);
        ParcelEvent fact = Objects.requireNonNull(change.fact());
        parcels.save(next, List.of(Fact.of(PollCarriers.class, next.facts(), Post.hour(2), fact)));
        assertThat(broker.facts()).isEmpty();

        outbox.sweep(Post.hour(24), 100);

        assertThat(broker.ids()).containsExactly(parcel.parcelId() + "-1");
    }
}
