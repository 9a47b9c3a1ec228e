package dev.gavel.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoOrdersTest implements OrdersContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");
    private final DynamoOutbox outbox = new DynamoOutbox(CLIENT, tables, broker, "orders");

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Orders orders() {
        tables.create(CLIENT, "orders", "outbox");
        return new DynamoOrders(CLIENT, tables, outbox);
    }

    @Test
    void whatACrashLeftUnannouncedIsSweptLater() {
        Orders orders = orders();
        Order order = Deal.placed();
        orders.add(order, List.of());
        Step.Change change = Deal.change(new Step.Expire(), order);
        orders.save(
                change.next(),
                List.of(Fact.of(
                        ExpireUnpaid.class, change.next().facts(), Deal.NOON, Objects.requireNonNull(change.fact()))));
        assertThat(broker.facts()).isEmpty();

        outbox.sweep(Deal.NOON.plusSeconds(86_400), 100);

        assertThat(broker.ids()).containsExactly(order.orderId() + "-2");
    }
}
