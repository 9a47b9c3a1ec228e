package dev.gavel.notifications;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.runtime.BoundedHttp;
import dev.gavel.runtime.NoAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/// Web Push (RFC 8030) with our signature (VAPID, RFC 8292). 404 and 410 mean that the browser is gone, 400 and
/// 413 that the push is refused; everything else but 2xx is unclear.
final class HttpWebPush implements WebPush, AutoCloseable {

    private static final Duration SIGNED_FOR = Duration.ofHours(12);

    private final BoundedHttp http;
    private final PushKey key;
    private final String subject;
    private final PushHosts hosts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// @param subject how to reach us, a `mailto:` or `https:` address
    HttpWebPush(PushKey key, String subject, PushHosts hosts, Duration timeout, Clock clock) {
        this.http = new BoundedHttp(timeout, Sending.LARGEST_ANSWER);
        this.key = key;
        this.subject = subject;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public Sending send(PushSubscription to, Push push) {
        if (!hosts.allow(to.endpoint())) {
            return new Sending.Gone();
        }
        byte[] body;
        try {
            body = encrypted(push.json().getBytes(StandardCharsets.UTF_8), to);
        } catch (IllegalArgumentException _) {
            return new Sending.Refused("NOT_ENCRYPTABLE");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(to.endpoint())
                .header("authorization", "vapid t=" + token(to.endpoint()) + ", k=" + key.text())
                .header("content-encoding", "aes128gcm")
                .header("content-type", "application/octet-stream")
                .header("ttl", Long.toString(push.lifetime().toSeconds()))
                .header("topic", push.topic())
                .header("urgency", "high")
                .POST(BodyPublishers.ofByteArray(body));
        try {
            return meaning(http.send(request).statusCode());
        } catch (NoAnswer none) {
            return new Sending.Unclear(none.why());
        }
    }

    private static Sending meaning(int status) {
        return switch (status) {
            case 404, 410 -> new Sending.Gone();
            case 400, 413 -> new Sending.Refused("HTTP_" + status);
            default -> status >= 200 && status < 300 ? new Sending.Sent() : new Sending.Unclear("HTTP_" + status);
        };
    }

    private byte[] encrypted(byte[] text, PushSubscription to) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return PushEncryption.encrypted(text, to, PushKey.generate(), salt);
    }

    private String token(URI endpoint) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(JOSEObjectType.JWT)
                            .build(),
                    new JWTClaimsSet.Builder()
                            .audience(endpoint.getScheme() + "://" + endpoint.getRawAuthority())
                            .expirationTime(Date.from(clock.instant().plus(SIGNED_FOR)))
                            .subject(subject)
                            .build());
            token.sign(new ECDSASigner(key.secret()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
