package dev.gavel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent.ProductWithdrawn;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoProductsTest implements ProductsContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");
    private final DynamoOutbox outbox = new DynamoOutbox(CLIENT, tables, broker, "catalog");

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Products products() {
        tables.create(CLIENT, "products", "outbox");
        return new DynamoProducts(CLIENT, tables, outbox);
    }

    @Test
    void whatACrashLeftUnannouncedIsSweptLater() {
        Products products = products();
        Product camera = Shop.camera();
        products.add(camera, "creation", List.of());
        Product withdrawn = camera.withdrawn(Shop.NOON);
        products.save(
                withdrawn,
                List.of(Fact.of(
                        WithdrawProduct.class,
                        withdrawn.facts(),
                        Shop.NOON,
                        new ProductWithdrawn(camera.productId(), camera.sellerId(), Shop.NOON))));
        assertThat(broker.facts()).isEmpty();

        outbox.sweep(Shop.NOON.plusSeconds(86_400), 100);

        assertThat(broker.ids()).containsExactly(camera.productId() + "-2");
    }
}
