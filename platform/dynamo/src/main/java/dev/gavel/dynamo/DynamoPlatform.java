package dev.gavel.dynamo;

import dev.gavel.runtime.Ahead;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.IdempotencyRecords;
import dev.gavel.runtime.Inbox;
import dev.gavel.runtime.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The beans every context with DynamoDB needs, each made when somebody asks for it. Give it to the host
/// before the context's own wiring.
@Lazy
@Configuration(proxyBeanMethods = false)
public class DynamoPlatform implements Ahead<DynamoDbClient> {

    @Override
    public String bean() {
        return "dynamoDbClient";
    }

    @Override
    public DynamoDbClient make(Settings settings) {
        return DynamoClients.connected(settings);
    }

    @Bean
    public DynamoTables dynamoTables(Settings settings) {
        return DynamoTables.of(settings);
    }

    @Bean(destroyMethod = "close")
    public DynamoDbClient dynamoDbClient(Settings settings) {
        return DynamoClients.of(settings);
    }

    @Bean(destroyMethod = "close")
    public DynamoOutbox dynamoOutbox(
            DynamoDbClient client, DynamoTables tables, FactPublisher publisher, Settings settings) {
        return new DynamoOutbox(client, tables, publisher, DynamoSettings.context(settings));
    }

    @Bean
    public IdempotencyRecords idempotencyRecords(DynamoDbClient client, DynamoTables tables) {
        return new DynamoIdempotencyRecords(client, tables);
    }

    @Bean
    public Inbox inbox(DynamoDbClient client, DynamoTables tables) {
        return new DynamoInbox(client, tables);
    }
}
