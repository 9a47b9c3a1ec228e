package dev.gavel.testkit;

import java.net.URI;
import org.testcontainers.localstack.LocalStackContainer;

/// DynamoDB in a LocalStack container that lives as long as this JVM.
final class LocalStackDynamo {

    /// The last image that needs no account.
    static final String IMAGE = "localstack/localstack:4.14.0";

    private LocalStackDynamo() {}

    static URI start() {
        LocalStackContainer container = new LocalStackContainer(IMAGE).withServices("dynamodb");
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "stop-localstack"));
        return container.getEndpoint();
    }
}
