package dev.gavel.sqs;

import dev.gavel.runtime.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The beans every context with queues needs, each made when somebody asks for it. Give it to the host before
/// the context's own wiring.
@Lazy
@Configuration(proxyBeanMethods = false)
public class SqsPlatform {

    @Bean
    public SqsQueues sqsQueues(Settings settings) {
        return SqsQueues.of(settings);
    }

    @Bean(destroyMethod = "close")
    public SqsClient sqsClient(Settings settings) {
        return SqsClients.of(settings);
    }
}
