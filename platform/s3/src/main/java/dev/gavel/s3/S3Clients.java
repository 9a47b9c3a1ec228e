package dev.gavel.s3;

import dev.gavel.aws.AwsAccess;
import dev.gavel.aws.AwsClients;
import dev.gavel.runtime.Settings;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Makes S3 clients that start fast and give up in bounded time: an attempt has the 10 seconds of
/// `GAVEL_S3_TIMEOUT`, a call with its at most 3 attempts four times that.
public final class S3Clients {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private S3Clients() {}

    /// A client for what the settings say: `AWS_REGION`, `AWS_ENDPOINT_URL_S3` and the credentials of
    /// {@link AwsAccess}.
    ///
    /// @throws dev.gavel.runtime.CannotStart when a setting is missing or malformed
    public static S3Client of(Settings settings) {
        AwsAccess access = access(settings);
        S3ClientBuilder builder = S3Client.builder();
        if (access.endpoint() != null) {
            // Local servers have no names for buckets.
            builder.forcePathStyle(true);
        }
        return AwsClients.build(builder, access, _ -> {});
    }

    /// What the settings say about S3, for those who sign without a client.
    public static AwsAccess access(Settings settings) {
        return AwsAccess.of(settings, "S3", ATTEMPT);
    }
}
