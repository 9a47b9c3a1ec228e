package dev.gavel.aws;

import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How this process reaches one of the services of AWS.
///
/// @param endpoint where the service answers; null is AWS itself
/// @param keys fixed credentials; null is what the platform gives the process
/// @param podCredentials whether the pod is given credentials of its own
/// @param attempt how long one attempt may take
public record AwsAccess(
        String region, @Nullable URI endpoint, @Nullable Keys keys, boolean podCredentials, Duration attempt) {

    /// An access key of AWS.
    public record Keys(String id, String secret, @Nullable String sessionToken) {
        @Override
        public String toString() {
            return "Keys[id=" + id + "]";
        }
    }

    /// What the settings say: `AWS_REGION`, `AWS_ENDPOINT_URL_` and `GAVEL_…_TIMEOUT` of the service, and
    /// the credentials, which are the access key in the settings, or else those the pod is given, or else
    /// the SDK's own search.
    ///
    /// @param service as it is called in settings, such as `DYNAMODB`
    /// @param attempt how long one attempt may take when the settings do not say
    /// @throws dev.gavel.runtime.CannotStart when a setting is missing or malformed
    public static AwsAccess of(Settings settings, String service, Duration attempt) {
        String endpoint = "AWS_ENDPOINT_URL_" + service;
        return new AwsAccess(
                settings.text("AWS_REGION"),
                settings.find(endpoint).isPresent() ? settings.address(endpoint) : null,
                keys(settings),
                settings.find("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent(),
                settings.duration("GAVEL_" + service + "_TIMEOUT", attempt));
    }

    /// The same with more or less patience, for requests that wait by themselves.
    public AwsAccess withAttempt(Duration other) {
        return new AwsAccess(region, endpoint, keys, podCredentials, other);
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
