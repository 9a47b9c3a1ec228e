package dev.gavel.s3;

import dev.gavel.events.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// One bucket as `terraform/buckets.json` declares it.
///
/// @param arrivals the queue that S3 tells of every new object, if any
/// @param expireDays after how many days objects are deleted; never when not said
public record S3Bucket(
        String name, @Nullable String arrivals, @Nullable Integer expireDays) {

    public S3Bucket {
        if (name == null || !name.matches("[a-z0-9-]{1,30}")) {
            throw wrong(name, "its name needs 1 to 30 small letters, digits or '-'");
        }
        if (expireDays != null && (expireDays < 1 || expireDays > 3_650)) {
            throw wrong(name, "expireDays must be from 1 to 3650");
        }
    }

    /// @throws IllegalStateException when the text does not declare buckets; the message says where
    /// and what
    static Map<String, S3Bucket> read(String json) {
        try {
            Map<String, S3Bucket> buckets = new LinkedHashMap<>();
            for (S3Bucket bucket : Json.STRICT.forType(S3Bucket[].class).<S3Bucket[]>readValue(json)) {
                if (buckets.put(bucket.name(), bucket) != null) {
                    throw wrong(bucket.name(), "it is declared twice");
                }
            }
            return buckets;
        } catch (JacksonException trouble) {
            throw trouble.getCause() instanceof IllegalStateException known
                    ? known
                    : new IllegalStateException("terraform/buckets.json: " + trouble.getOriginalMessage(), trouble);
        }
    }

    private static IllegalStateException wrong(@Nullable String bucket, String what) {
        return new IllegalStateException("terraform/buckets.json, bucket " + bucket + ": " + what);
    }
}
