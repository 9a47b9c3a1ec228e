package dev.gavel.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PostPolicyTest {

    /// The worked example of the Amazon S3 API Reference, with the keys of all of its examples.
    private static final PostPolicy.Keys KEYS =
            new PostPolicy.Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    private static final String POLICY = String.join(
            "\r\n",
            "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",",
            "  \"conditions\": [",
            "    {\"bucket\": \"sigv4examplebucket\"},",
            "    [\"starts-with\", \"$key\", \"user/user1/\"],",
            "    {\"acl\": \"public-read\"},",
            "    {\"success_action_redirect\": \"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},",
            "    [\"starts-with\", \"$Content-Type\", \"image/\"],",
            "    {\"x-amz-meta-uuid\": \"14365123651274\"},",
            "    {\"x-amz-server-side-encryption\": \"AES256\"},",
            "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],",
            "",
            "    {\"x-amz-credential\": \"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},",
            "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},",
            "    {\"x-amz-date\": \"20151229T000000Z\" }",
            "  ]",
            "}");

    private static final Instant THEN = Instant.parse("2015-12-29T00:00:00Z");

    private final PostPolicy policy = new PostPolicy(KEYS, "us-east-1");

    @Test
    void signsTheExampleOfTheReference() {
        String encoded = Base64.getEncoder().encodeToString(POLICY.getBytes(StandardCharsets.UTF_8));
        assertThat(encoded).hasSize(864);
        assertThat(policy.signature(encoded, THEN))
                .isEqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
        assertThat(policy.signature(encoded, THEN.plusSeconds(86_400))).doesNotStartWith("8afdbf40");
    }

    @Test
    void everyFieldIsAConditionAndSoIsTheLength() {
        Map<String, String> fields = policy.fields(
                "sigv4examplebucket",
                Map.of("key", "uploads/a/b", "Content-Type", "image/png"),
                1_000,
                THEN,
                Instant.parse("2015-12-29T00:15:00Z"));
        String encoded = fields.get("policy");
        JsonNode told = Json.MAPPER.readTree(Base64.getDecoder().decode(encoded));
        assertThat(told.at("/expiration").asString()).isEqualTo("2015-12-29T00:15:00Z");
        assertThat(told.at("/conditions"))
                .contains(
                        Json.MAPPER.readTree("{\"bucket\":\"sigv4examplebucket\"}"),
                        Json.MAPPER.readTree("[\"content-length-range\",1,1000]"),
                        Json.MAPPER.readTree("{\"key\":\"uploads/a/b\"}"),
                        Json.MAPPER.readTree("{\"Content-Type\":\"image/png\"}"),
                        Json.MAPPER.readTree("{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"}"));
        assertThat(fields).containsEntry("x-amz-signature", policy.signature(String.valueOf(encoded), THEN));
        assertThat(fields).doesNotContainKey("x-amz-security-token");
        assertThat(fields.toString()).doesNotContain(KEYS.secret());
    }

    @Test
    void aSessionProvesItself() {
        PostPolicy session = new PostPolicy(new PostPolicy.Keys("id", "secret", "token"), "us-east-1");
        assertThat(session.fields("bucket", Map.of(), 1, THEN, THEN)).containsEntry("x-amz-security-token", "token");
    }
}
