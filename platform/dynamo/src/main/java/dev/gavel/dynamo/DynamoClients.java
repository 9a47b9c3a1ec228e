package dev.gavel.dynamo;

import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Makes DynamoDB clients that start fast and give up in bounded time: an attempt has the 2 seconds of
/// `GAVEL_DYNAMODB_TIMEOUT`, a call with its at most 3 attempts four times that.
public final class DynamoClients {

    private static final int CONNECT_MILLIS = 1_000;

    private DynamoClients() {}

    /// A client for what the settings say: `AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB` and the credentials,
    /// which are the access key in the settings, or else those the pod is given, or else the SDK's own
    /// search.
    ///
    /// @throws dev.gavel.runtime.CannotStart when a setting is missing or malformed
    public static DynamoDbClient of(Settings settings) {
        return of(DynamoSettings.of(settings), _ -> {});
    }

    static DynamoDbClient of(DynamoSettings settings, Consumer<ClientOverrideConfiguration.Builder> more) {
        keepConnections();
        int readMillis = Math.toIntExact(settings.attempt().toMillis());
        ClientOverrideConfiguration.Builder overrides = ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.attempt())
                .apiCallTimeout(settings.attempt().multipliedBy(4))
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(3)
                        .build())
                // No file is read on the way to the first answer; a developer's profile has no place in a
                // function.
                .defaultProfileFileSupplier(NoProfiles::file)
                .defaultProfileName("default");
        more.accept(overrides);
        var builder = DynamoDbClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .httpClient(UrlConnectionHttpClient.create(uri -> open(uri, readMillis)))
                .endpointDiscoveryEnabled(false)
                .overrideConfiguration(overrides.build());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    /// The JDK keeps only 5 idle connections for each host unless told so before the first one is opened;
    /// with more callers than that, most requests would pay for a new connection.
    private static void keepConnections() {
        setUnlessSet("http.maxConnections", "128");
        setUnlessSet("http.keepAlive.time.server", "20");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /// Own connections, because the client would otherwise parse all trusted roots at once, even for a
    /// plain endpoint.
    private static HttpURLConnection open(URI uri, int readMillis) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(readMillis);
            connection.setUseCaches(false);
            return connection;
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private static AwsCredentialsProvider credentials(DynamoSettings settings) {
        DynamoSettings.Keys keys = settings.keys();
        if (keys != null) {
            return StaticCredentialsProvider.create(
                    keys.sessionToken() == null
                            ? AwsBasicCredentials.create(keys.id(), keys.secret())
                            : AwsSessionCredentials.create(keys.id(), keys.secret(), keys.sessionToken()));
        }
        return settings.podCredentials()
                ? ContainerCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    private static final class NoProfiles {
        private static final ProfileFile FILE = ProfileFile.aggregator().build();

        static ProfileFile file() {
            return FILE;
        }
    }
}
