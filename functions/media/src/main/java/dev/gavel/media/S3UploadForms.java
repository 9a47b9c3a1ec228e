package dev.gavel.media;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// Forms that S3 takes.
final class S3UploadForms implements UploadForms {

    private final AwsCredentialsProvider credentials;
    private final String region;
    private final String bucket;
    private final URI url;

    /// @param url where browsers reach the bucket
    S3UploadForms(AwsCredentialsProvider credentials, String region, String bucket, URI url) {
        this.credentials = credentials;
        this.region = region;
        this.bucket = bucket;
        this.url = url;
    }

    @Override
    public Form sign(String object, String contentType, int most, Instant now, Instant until) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("key", object);
        given.put("Content-Type", contentType);
        given.put("success_action_status", "204");
        return new Form(url, new PostPolicy(keys(), region).fields(bucket, given, most, now, until));
    }

    private PostPolicy.Keys keys() {
        AwsCredentials found = credentials.resolveCredentials();
        return new PostPolicy.Keys(
                found.accessKeyId(),
                found.secretAccessKey(),
                found instanceof AwsSessionCredentials session ? session.sessionToken() : null);
    }
}
