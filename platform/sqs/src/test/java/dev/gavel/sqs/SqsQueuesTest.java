package dev.gavel.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.SqsForTests;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsQueuesTest {

    @RegisterExtension
    static final SqsForTests sqs = new SqsForTests();

    @Test
    void queuesAreMadeAsDeclaredAndOnlyOnce() {
        Settings settings = Settings.of(sqs.settings());
        SqsQueues queues = SqsQueues.of(settings);
        try (SqsClient client = SqsClients.of(settings)) {
            queues.create(client);
            String url = queues.url(client, "notifications");
            client.sendMessage(message -> message.queueUrl(url).messageBody("kept"));
            queues.create(client);

            Map<QueueAttributeName, String> made = client.getQueueAttributes(
                            request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                    .attributes();
            SqsQueue declared = queues.queue("notifications");
            assertThat(made)
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(declared.visibility()))
                    .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1");
            assertThat(made.get(QueueAttributeName.REDRIVE_POLICY))
                    .contains(
                            sqs.queuePrefix() + declared.deadLetter(), "\"maxReceiveCount\":" + declared.maxReceives());
        }
    }

    @Test
    void aQueueThatIsNotThereIsNamed() {
        Settings settings = Settings.of(new SqsForTests().settings());
        try (SqsClient client = SqsClients.of(settings)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SqsQueues.of(settings).url(client, "notifications"))
                    .withMessageContaining("-notifications: make it");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqsQueues.of(settings).name("parcels"))
                .withMessageContaining("no queue parcels, only [notifications,");
    }

    @Test
    void whenNobodyAnswersItIsUnavailable() {
        Map<String, String> changed = new HashMap<>(sqs.settings());
        changed.put("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1");
        Settings settings = Settings.of(changed);
        try (SqsClient client = SqsClients.of(settings)) {
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> SqsQueues.of(settings).create(client));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"name":"a b"}]                                            | its name needs
            [{"name":"a"},{"name":"a"}]                                 | declared twice
            [{"name":"a","visibilitySeconds":0}]                        | visibilitySeconds must be from 1 to 43200
            [{"name":"a","retentionDays":15}]                           | retentionDays must be from 1 to 14
            [{"name":"a","maxReceives":3}]                              | come together
            [{"name":"a","to":"b"}]                                     | carries comes together with either to or
            [{"name":"a","carries":"c"}]                                | carries comes together with either to or
            [{"name":"a","carries":"c","to":"b","broker":"d"}]          | carries comes together with either to or
            [{"name":"a","from":"sns"}]                                 | from can only be s3
            [{"name":"a","maxReceives":3,"deadLetter":"b"}]             | must be a declared queue
            [{"name":"a","retention":3}]                                | retention
            """)
    void aWrongDeclarationSaysWhere(String json, String reason) {
        assertThatIllegalStateException()
                .isThrownBy(() -> SqsQueues.of("t-", json))
                .withMessageStartingWith("terraform/queues.json")
                .withMessageContaining(reason);
    }

    @Test
    void aPrefixThatFitsNoNameIsRefused() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> SqsQueues.of("a/b", "[]"))
                .withMessageContaining("GAVEL_QUEUE_PREFIX");
    }

    @Test
    void everyBeanIsMadeWhenSomebodyAsks() {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(Settings.class, () -> Settings.of(sqs.settings()));
            context.register(SqsPlatform.class);
            context.refresh();
            assertThat(context.getBeanFactory().containsSingleton("sqsClient")).isFalse();
            assertThat(context.getBean(SqsQueues.class).name("notifications"))
                    .isEqualTo(sqs.queuePrefix() + "notifications");
            assertThat(context.getBean("sqsClient")).isInstanceOf(SqsClient.class);
        }
    }
}
