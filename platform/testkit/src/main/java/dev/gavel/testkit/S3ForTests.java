package dev.gavel.testkit;

import dev.gavel.backends.Backends;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An S3 for the tests of a class: `@RegisterExtension static final S3ForTests s3 = new
/// S3ForTests();`. All tests of a JVM share one embedded server, each instance has bucket names of its
/// own; `-Dgavel.test.s3=http://127.0.0.1:4566` or the variable `GAVEL_TEST_S3` names one that runs
/// elsewhere.
public final class S3ForTests implements BeforeAllCallback {

    private final String prefix =
            "t" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + "-";

    @Override
    public void beforeAll(ExtensionContext context) {
        endpoint();
    }

    /// Where it answers; starts it when nobody did yet.
    public URI endpoint() {
        String told = System.getProperty("gavel.test.s3", System.getenv("GAVEL_TEST_S3"));
        return told == null ? Backends.shared("s3") : URI.create(told);
    }

    /// The settings that lead a function, `S3Clients` and `S3Buckets` to it.
    public Map<String, String> settings() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", endpoint().toString(),
                "AWS_REGION", "ap-northeast-2",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                // Machines that test are busy, and a slow answer must not look like a lost one.
                "GAVEL_S3_TIMEOUT", "15",
                "GAVEL_BUCKET_PREFIX", prefix);
    }
}
