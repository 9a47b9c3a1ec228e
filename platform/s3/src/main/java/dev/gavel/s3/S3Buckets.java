package dev.gavel.s3;

import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/// The buckets of `terraform/buckets.json`, which comes with this module: their real names, and for
/// tests and the local platform a way to make them. In AWS, Terraform makes them.
public final class S3Buckets {

    private final String prefix;
    private final Map<String, S3Bucket> buckets;

    private S3Buckets(String prefix, Map<String, S3Bucket> buckets) {
        this.prefix = prefix;
        this.buckets = buckets;
    }

    /// The declared buckets with the prefix that `GAVEL_BUCKET_PREFIX` sets, which is `gavel-` when
    /// nothing does.
    ///
    /// @throws CannotStart when the prefix cannot begin the name of a bucket
    /// @throws IllegalStateException when `buckets.json` is missing or wrong; the message says where
    public static S3Buckets of(Settings settings) {
        return of(settings.text("GAVEL_BUCKET_PREFIX", "gavel-"), declaration());
    }

    static S3Buckets of(String prefix, String json) {
        if (!prefix.matches("[a-z0-9][a-z0-9-]{0,29}")) {
            throw new CannotStart(
                    "GAVEL_BUCKET_PREFIX must be 1 to 30 small letters, digits and '-', and begin with none,"
                            + " but is " + prefix + ".");
        }
        return new S3Buckets(prefix, S3Bucket.read(json));
    }

    /// All buckets in the order of declaration.
    public Collection<S3Bucket> declared() {
        return List.copyOf(buckets.values());
    }

    /// The real name of a bucket.
    ///
    /// @throws IllegalArgumentException when `terraform/buckets.json` declares no such bucket
    public String name(String bucket) {
        if (!buckets.containsKey(bucket)) {
            throw new IllegalArgumentException(
                    "terraform/buckets.json declares no bucket " + bucket + ", only " + buckets.keySet());
        }
        return prefix + bucket;
    }

    /// Makes the buckets that are not there yet. Doing it again changes nothing. What S3 does by
    /// itself with what is in them is Terraform's.
    ///
    /// @throws Unavailable when S3 does not answer
    public void create(S3Client client) {
        for (String bucket : buckets.keySet()) {
            try {
                client.createBucket(request -> request.bucket(name(bucket)));
            } catch (BucketAlreadyOwnedByYouException _) {
                // As it should be.
            } catch (SdkClientException trouble) {
                throw new Unavailable("S3 does not answer", trouble);
            }
        }
    }

    private static String declaration() {
        try (InputStream json = S3Buckets.class.getResourceAsStream("buckets.json")) {
            if (json == null) {
                throw new IllegalStateException("terraform/buckets.json is not in the jar of gavel-s3: build it again");
            }
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
