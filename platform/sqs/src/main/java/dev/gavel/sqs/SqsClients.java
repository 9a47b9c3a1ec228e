package dev.gavel.sqs;

import dev.gavel.aws.AwsAccess;
import dev.gavel.aws.AwsClients;
import dev.gavel.runtime.Settings;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Makes SQS clients that start fast and give up in bounded time: an attempt has the 3 seconds of
/// `GAVEL_SQS_TIMEOUT`, a call with its at most 3 attempts four times that.
public final class SqsClients {

    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    private SqsClients() {}

    /// A client for what the settings say: `AWS_REGION`, `AWS_ENDPOINT_URL_SQS` and the credentials of
    /// [AwsAccess].
    ///
    /// @throws dev.gavel.runtime.CannotStart when a setting is missing or malformed
    public static SqsClient of(Settings settings) {
        return of(access(settings));
    }

    /// A client whose requests may also wait `poll` for a message to come.
    public static SqsClient polling(Settings settings, Duration poll) {
        AwsAccess access = access(settings);
        return of(access.withAttempt(access.attempt().plus(poll)));
    }

    private static SqsClient of(AwsAccess access) {
        return AwsClients.build(SqsClient.builder(), access, _ -> {});
    }

    private static AwsAccess access(Settings settings) {
        return AwsAccess.of(settings, "SQS", ATTEMPT);
    }
}
