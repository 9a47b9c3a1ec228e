package dev.gavel.backends.sqs;

import java.util.Map;
import java.util.Objects;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/// SQS, played by ElasticMQ on the loopback address. Queues live in memory and are gone after a restart.
public final class SqsBackend {
    private SqsBackend() {}

    /// Starts the server and returns once it takes connections. Options: `port`, and `region` and `account`
    /// as they appear in queue addresses. Throws when the port cannot be bound.
    public static AutoCloseable start(Map<String, String> options) {
        var server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withPort(Integer.parseInt(Objects.requireNonNull(options.get("port"))))
                .withAWSRegion(options.getOrDefault("region", "ap-northeast-2"))
                .withAWSAccountId(options.getOrDefault("account", "000000000000"))
                .start();
        server.waitUntilStarted();
        return server::stopAndWait;
    }
}
