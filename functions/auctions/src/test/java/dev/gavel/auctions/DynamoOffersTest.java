package dev.gavel.auctions;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoOffersTest implements OffersContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Offers offers() {
        DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix());
        tables.create(CLIENT, "auction-products");
        return new DynamoOffers(CLIENT, tables);
    }
}
