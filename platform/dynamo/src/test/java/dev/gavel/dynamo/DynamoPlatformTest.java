package dev.gavel.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.IdempotencyRecords;
import dev.gavel.runtime.Inbox;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoPlatformTest {

    @Test
    void everyBeanIsMadeFromTheSettingsWhenSomebodyAsks() {
        var settings = Map.of(
                "AWS_REGION", "ap-northeast-2",
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1",
                "GAVEL_TABLE_PREFIX", "mine-",
                "GAVEL_CONTEXT", "auctions");
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(Settings.class, () -> Settings.of(settings));
            context.registerBean(FactPublisher.class, RecordingFactPublisher::new);
            context.register(DynamoPlatform.class);
            context.refresh();
            assertThat(context.getBeanFactory().containsSingleton("dynamoDbClient"))
                    .isFalse();
            assertThat(context.getBean(IdempotencyRecords.class)).isInstanceOf(DynamoIdempotencyRecords.class);
            assertThat(context.getBean(Inbox.class)).isInstanceOf(DynamoInbox.class);
            assertThat(context.getBean(DynamoTables.class).name("inbox")).isEqualTo("mine-inbox");
            assertThat(context.getBean(DynamoOutbox.class)).isNotNull();
            assertThat(context.getBean("dynamoDbClient")).isInstanceOf(DynamoDbClient.class);
        }
    }
}
