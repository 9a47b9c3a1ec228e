package dev.gavel.testkit;

import dev.gavel.backends.Backends;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An SQS for the tests of a class: `@RegisterExtension static final SqsForTests sqs = new SqsForTests();`.
/// All tests of a JVM share one embedded server, each instance has queue names of its own;
/// `-Dgavel.test.sqs=http://127.0.0.1:4566` or the variable `GAVEL_TEST_SQS` names one that runs elsewhere.
public final class SqsForTests implements BeforeAllCallback {

    private final String prefix =
            "t" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + "-";

    @Override
    public void beforeAll(ExtensionContext context) {
        endpoint();
    }

    /// Where it answers; starts it when nobody did yet.
    public URI endpoint() {
        String told = System.getProperty("gavel.test.sqs", System.getenv("GAVEL_TEST_SQS"));
        return told == null ? Backends.shared("sqs") : URI.create(told);
    }

    /// What comes before the name of every queue of this instance.
    public String queuePrefix() {
        return prefix;
    }

    /// The settings that lead a function, `SqsClients` and `SqsQueues` to it.
    public Map<String, String> settings() {
        return Map.of(
                "AWS_ENDPOINT_URL_SQS", endpoint().toString(),
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                // Machines that test are busy, and a slow answer must not look like a lost one.
                "GAVEL_SQS_TIMEOUT", "15",
                "GAVEL_QUEUE_PREFIX", prefix);
    }
}
