package dev.gavel.bench;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks the signature (version 4) of a request to AWS, as AWS does, so that nobody who skips the signing
/// passes for one who did it.
final class SignedRequest {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8}/[^/]+/[^/]+/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private SignedRequest() {}

    /// @return what is wrong with the signature; empty when it is right
    static Optional<String> fault(HttpExchange http, byte[] body, String keyId, String secret) {
        Headers headers = http.getRequestHeaders();
        String authorization = headers.getFirst("Authorization");
        if (authorization == null) {
            return Optional.of("is not signed");
        }
        Matcher parts = AUTHORIZATION.matcher(authorization);
        if (!parts.matches() || !parts.group(1).equals(keyId)) {
            return Optional.of("has no signature of version 4 by " + keyId);
        }
        List<String> signed = List.of(parts.group(3).split(";"));
        if (!signed.containsAll(List.of("host", "x-amz-date", "x-amz-target"))) {
            return Optional.of("is signed over too little: " + signed);
        }
        String scope = parts.group(2);
        String request = String.join(
                "\n",
                http.getRequestMethod(),
                http.getRequestURI().getRawPath(),
                "",
                signed.stream()
                        .map(name -> name + ":" + value(headers, name))
                        .collect(Collectors.joining("\n", "", "\n")),
                parts.group(3),
                hex(sha256(body)));
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                value(headers, "x-amz-date"),
                scope,
                hex(sha256(request.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return hex(hmac(key, toSign)).equals(parts.group(4)) ? Optional.empty() : Optional.of("has a wrong signature");
    }

    private static String value(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.stream().map(value -> value.strip().replaceAll(" +", " ")).collect(Collectors.joining(","));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
