package dev.gavel.operations;

import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.EventPublisher;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnAnyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context, each with its route or event.
@Lazy
@Import(DynamoPlatform.class)
@Configuration(proxyBeanMethods = false)
public class OperationsFunctions {

    @Bean
    @OnAnyEvent
    public KeepDeadLetter keepDeadLetter(DeadLetters letters, Measures measures) {
        return new KeepDeadLetter(letters, measures);
    }

    @Bean
    @HttpRoute(value = "GET /v1/operations/dead-letters", access = Access.OPERATOR)
    public ListDeadLetters listDeadLetters(DeadLetters letters) {
        return new ListDeadLetters(letters);
    }

    @Bean
    @HttpRoute(value = "POST /v1/operations/dead-letters/{deadLetterId}/redeliver", access = Access.OPERATOR)
    public RedeliverDeadLetter redeliverDeadLetter(DeadLetters letters, EventPublisher publisher) {
        return new RedeliverDeadLetter(letters, publisher);
    }

    @Bean
    DeadLetters deadLetters(DynamoDbClient client, DynamoTables tables) {
        return new DynamoDeadLetters(client, tables);
    }
}
