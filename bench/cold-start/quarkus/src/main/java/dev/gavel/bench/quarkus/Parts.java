package dev.gavel.bench.quarkus;

import dev.gavel.auctions.PlaceBid;
import dev.gavel.bench.wiring.Desk;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The parts of `place-bid` as beans of CDI, each made when the first bid asks for it.
@Singleton
public class Parts {

    @Produces
    @Singleton
    Settings settings() {
        return Desk.settings();
    }

    @Produces
    @Singleton
    CallerVerifier callerVerifier(Settings settings) {
        return Desk.verifier(settings);
    }

    @Produces
    @Singleton
    FactPublisher factPublisher(Settings settings) {
        return Desk.publisher(settings);
    }

    @Produces
    @Singleton
    DynamoTables dynamoTables(Settings settings) {
        return Desk.tables(settings);
    }

    @Produces
    @Singleton
    DynamoDbClient dynamoDbClient(Settings settings) {
        return Desk.client(settings);
    }

    @Produces
    @Singleton
    DynamoOutbox dynamoOutbox(DynamoDbClient client, DynamoTables tables, FactPublisher publisher) {
        return Desk.outbox(client, tables, publisher);
    }

    @Produces
    @Singleton
    PlaceBid placeBid(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return Desk.placeBid(client, tables, outbox);
    }

    @Produces
    @Singleton
    Desk desk(CallerVerifier verifier, PlaceBid placeBid) {
        return new Desk(verifier, placeBid);
    }
}
