package dev.gavel.bench.boot;

import dev.gavel.auctions.PlaceBid;
import dev.gavel.bench.wiring.Desk;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.Settings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The parts of `place-bid` as beans of a Spring Boot application with its web stack.
@SpringBootApplication(proxyBeanMethods = false)
public class BootApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(BootApplication.class, arguments);
    }

    @Bean
    Settings settings() {
        return Desk.settings();
    }

    @Bean
    CallerVerifier callerVerifier(Settings settings) {
        return Desk.verifier(settings);
    }

    @Bean
    FactPublisher factPublisher(Settings settings) {
        return Desk.publisher(settings);
    }

    @Bean
    DynamoTables dynamoTables(Settings settings) {
        return Desk.tables(settings);
    }

    @Bean(destroyMethod = "close")
    DynamoDbClient dynamoDbClient(Settings settings) {
        return Desk.client(settings);
    }

    @Bean(destroyMethod = "close")
    DynamoOutbox dynamoOutbox(DynamoDbClient client, DynamoTables tables, FactPublisher publisher) {
        return Desk.outbox(client, tables, publisher);
    }

    @Bean
    PlaceBid placeBid(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return Desk.placeBid(client, tables, outbox);
    }

    @Bean
    Desk desk(CallerVerifier verifier, PlaceBid placeBid) {
        return new Desk(verifier, placeBid);
    }
}
