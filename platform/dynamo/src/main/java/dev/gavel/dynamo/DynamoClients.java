package dev.gavel.dynamo;

import dev.gavel.aws.AwsAccess;
import dev.gavel.aws.AwsClients;
import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Makes DynamoDB clients that start fast and give up in bounded time: an attempt has the 2 seconds of
/// `GAVEL_DYNAMODB_TIMEOUT`, a call with its at most 3 attempts four times that.
public final class DynamoClients {

    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private DynamoClients() {}

    /// A client for what the settings say: `AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB` and the credentials of
    /// [AwsAccess].
    ///
    /// @throws dev.gavel.runtime.CannotStart when a setting is missing or malformed
    public static DynamoDbClient of(Settings settings) {
        return of(settings, _ -> {});
    }

    /// The same client, which connects at once and beside its making.
    static DynamoDbClient connected(Settings settings) {
        AwsAccess access = AwsAccess.of(settings, "DYNAMODB", ATTEMPT);
        // Elsewhere than most regions are, nobody answers there, and the client connects when it must.
        URI service = URI.create("https://dynamodb." + access.region() + ".amazonaws.com");
        return AwsClients.connected(builder(), access, service, _ -> {});
    }

    static DynamoDbClient of(Settings settings, Consumer<ClientOverrideConfiguration.Builder> more) {
        return AwsClients.build(builder(), AwsAccess.of(settings, "DYNAMODB", ATTEMPT), more);
    }

    private static DynamoDbClientBuilder builder() {
        return DynamoDbClient.builder().endpointDiscoveryEnabled(false);
    }
}
