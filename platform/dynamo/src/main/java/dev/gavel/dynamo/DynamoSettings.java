package dev.gavel.dynamo;

import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the settings say about DynamoDB.
///
/// @param endpoint where DynamoDB answers; null is AWS itself
/// @param keys fixed credentials; null is what the platform gives the process
/// @param podCredentials whether the pod is given credentials of its own
/// @param attempt how long one attempt may take
record DynamoSettings(
        String region, @Nullable URI endpoint, @Nullable Keys keys, boolean podCredentials, Duration attempt) {

    /// An access key of AWS.
    record Keys(String id, String secret, @Nullable String sessionToken) {
        @Override
        public String toString() {
            return "Keys[id=" + id + "]";
        }
    }

    static DynamoSettings of(Settings settings) {
        Optional<String> endpoint = settings.find("AWS_ENDPOINT_URL_DYNAMODB");
        return new DynamoSettings(
                settings.text("AWS_REGION"),
                endpoint.isPresent() ? settings.address("AWS_ENDPOINT_URL_DYNAMODB") : null,
                keys(settings),
                settings.find("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent(),
                settings.duration("GAVEL_DYNAMODB_TIMEOUT", Duration.ofSeconds(2)));
    }

    /// What is put before the name of every table.
    static String tablePrefix(Settings settings) {
        return settings.text("GAVEL_TABLE_PREFIX", "gavel-");
    }

    /// The context this process belongs to, for example `auctions`. A process publishes to the Broker of
    /// its own context, so the address of that Broker tells the context too.
    static String context(Settings settings) {
        return settings.find("GAVEL_CONTEXT")
                .or(() -> settings.find("K_SINK")
                        .map(sink -> sink.substring(sink.lastIndexOf('/') + 1))
                        .filter(last -> last.matches("[a-z][a-z-]*")))
                .orElseGet(() -> settings.text("GAVEL_CONTEXT"));
    }

    private static @Nullable Keys keys(Settings settings) {
        Optional<String> id = settings.find("AWS_ACCESS_KEY_ID");
        Optional<String> secret = settings.find("AWS_SECRET_ACCESS_KEY");
        return id.isPresent() && secret.isPresent()
                ? new Keys(
                        id.get(),
                        secret.get(),
                        settings.find("AWS_SESSION_TOKEN").orElse(null))
                : null;
    }
}
