package dev.gavel.testkit;

import dev.gavel.backends.Backends;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A DynamoDB for the tests of a class: `@RegisterExtension static final DynamoForTests dynamo = new
/// DynamoForTests();`. All tests of a JVM share one, each instance has table names of its own. It is
/// LocalStack when the Docker engine already has the image, otherwise DynamoDB Local in this JVM;
/// `-Dgavel.test.dynamodb=http://127.0.0.1:8000` or the variable `GAVEL_TEST_DYNAMODB` names one that
/// runs elsewhere.
public final class DynamoForTests implements BeforeAllCallback {

    private final String prefix =
            "t" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + "-";

    @Override
    public void beforeAll(ExtensionContext context) {
        endpoint();
    }

    /// Where it answers; starts it when nobody did yet.
    public URI endpoint() {
        return One.ENDPOINT;
    }

    /// What comes before the name of every table of this instance.
    public String tablePrefix() {
        return prefix;
    }

    /// The settings that lead a function, `DynamoClients` and `DynamoTables` to it.
    public Map<String, String> settings() {
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", endpoint().toString(),
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                // Machines that test are busy, and a slow answer must not look like a lost one.
                "GAVEL_DYNAMODB_TIMEOUT", "15",
                "GAVEL_TABLE_PREFIX", prefix);
    }

    private static final class One {

        static final URI ENDPOINT = start();

        private static URI start() {
            String told = System.getProperty("gavel.test.dynamodb", System.getenv("GAVEL_TEST_DYNAMODB"));
            if (told != null) {
                System.out.println("Tests use the DynamoDB at " + told);
                return URI.create(told);
            }
            if (DockerImages.present(LocalStackDynamo.IMAGE)) {
                URI endpoint = LocalStackDynamo.start();
                System.out.println("Tests use DynamoDB of " + LocalStackDynamo.IMAGE + " at " + endpoint);
                return endpoint;
            }
            URI endpoint = Backends.dynamoDb();
            System.out.println("Tests use the embedded DynamoDB Local at " + endpoint
                    + ", because no Docker engine has " + LocalStackDynamo.IMAGE);
            return endpoint;
        }
    }
}
