package dev.gavel.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsAccessTest {

    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    @Test
    void aMissingOrMalformedSettingIsNamed() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> AwsAccess.of(Settings.of(Map.of("AWS_REGION", "")), "SQS", ATTEMPT))
                .withMessageContaining("AWS_REGION");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> AwsAccess.of(
                        Settings.of(Map.of("AWS_REGION", "x", "AWS_ENDPOINT_URL_SQS", "127.0.0.1:8000")),
                        "SQS",
                        ATTEMPT))
                .withMessageContaining("AWS_ENDPOINT_URL_SQS");
    }

    @Test
    void everyServiceHasItsOwnAddressAndPatience() {
        Settings settings = Settings.of(Map.of(
                "AWS_REGION", "ap-northeast-2",
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000",
                "GAVEL_SQS_TIMEOUT", "7",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "hunter2"));
        AwsAccess dynamo = AwsAccess.of(settings, "DYNAMODB", ATTEMPT);
        assertThat(dynamo.endpoint()).isEqualTo(URI.create("http://127.0.0.1:8000"));
        assertThat(dynamo.attempt()).isEqualTo(ATTEMPT);
        assertThat(dynamo.toString()).doesNotContain("hunter2");
        AwsAccess sqs = AwsAccess.of(settings, "SQS", ATTEMPT);
        assertThat(sqs.endpoint()).isNull();
        assertThat(sqs.attempt()).isEqualTo(Duration.ofSeconds(7));
        assertThat(sqs.withAttempt(ATTEMPT).attempt()).isEqualTo(ATTEMPT);
    }
}
