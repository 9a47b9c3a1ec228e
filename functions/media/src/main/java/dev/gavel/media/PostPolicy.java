package dev.gavel.media;

import dev.gavel.events.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What a browser may post to a bucket, signed with Signature Version 4 (Amazon S3 API Reference,
/// "Authenticating Requests in Browser-Based Uploads Using POST"). The AWS SDK for Java has nothing
/// that does this.
final class PostPolicy {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// Credentials that sign.
    record Keys(String id, String secret, @Nullable String sessionToken) {
        @Override
        public String toString() {
            return "Keys[id=" + id + "]";
        }
    }

    private final Keys keys;
    private final String region;

    PostPolicy(Keys keys, String region) {
        this.keys = keys;
        this.region = region;
    }

    /// The fields of a form: those that are given, each of which must then be posted as it is, and
    /// those that prove it.
    ///
    /// @param most bytes of the file
    Map<String, String> fields(String bucket, Map<String, String> given, int most, Instant now, Instant until) {
        Map<String, String> fields = new LinkedHashMap<>(given);
        fields.put("x-amz-algorithm", ALGORITHM);
        fields.put("x-amz-credential", "%s/%s/%s/s3/aws4_request".formatted(keys.id(), DAY.format(now), region));
        fields.put("x-amz-date", SECOND.format(now));
        if (keys.sessionToken() != null) {
            fields.put("x-amz-security-token", keys.sessionToken());
        }
        List<Object> conditions = new ArrayList<>();
        conditions.add(Map.of("bucket", bucket));
        conditions.add(List.of("content-length-range", 1, most));
        fields.forEach((name, value) -> conditions.add(Map.of(name, value)));
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("expiration", DateTimeFormatter.ISO_INSTANT.format(until));
        policy.put("conditions", conditions);
        String encoded = Base64.getEncoder().encodeToString(Json.MAPPER.writeValueAsBytes(policy));
        fields.put("policy", encoded);
        fields.put("x-amz-signature", signature(encoded, now));
        return fields;
    }

    /// @param policy in base64, as it is posted
    /// @return in hex
    String signature(String policy, Instant now) {
        byte[] key = ("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(DAY.format(now), region, "s3", "aws4_request")) {
            key = mac(key, part);
        }
        return HexFormat.of().formatHex(mac(key, policy));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
