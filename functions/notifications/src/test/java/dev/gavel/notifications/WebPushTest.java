package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.notifications.PushSubscription.Keys;
import dev.gavel.notifications.WebPush.Push;
import dev.gavel.simulators.PushSimulator;
import dev.gavel.testkit.MovableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebPushTest {

    private static final Push PUSH = new Push("ntc_topic", Duration.ofMinutes(10), "{\"title\":\"낙찰\"}");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final PushSimulator service = new PushSimulator();
    private final MovableClock clock = MovableClock.at(Post.NOON);
    private final PushKey key = PushKey.generate();
    private final HttpWebPush pushes = pushes("127.0.0.1", TIMEOUT);

    private HttpWebPush pushes(String hosts, Duration timeout) {
        return new HttpWebPush(key, "mailto:op@gavel.dev", new PushHosts(hosts), timeout, clock);
    }

    @AfterEach
    void stop() {
        pushes.close();
        service.close();
    }

    /// The example of RFC 8291, section 5 and appendix A.
    @Test
    void aPushIsEncryptedAsInTheStandard() {
        PushSubscription subscription = new PushSubscription(
                URI.create("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
                new Keys(
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                        "BTBZMqHH6r4Tts7J_aSIgg"));
        PushKey ephemeral = PushKey.of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        byte[] salt = Base64.getUrlDecoder().decode("DGv6ra1nlYgDCS1FRnbzlw");
        byte[] text = "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII);

        byte[] body = PushEncryption.encrypted(text, subscription, ephemeral, salt);

        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
                        + "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
                        + "WGNWQexSgSxsj_Qulcy4a-fN");
        assertThat(ephemeral.text())
                .isEqualTo("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    }

    @Test
    void thePublicKeyFollowsFromThePrivateOne() {
        for (int i = 0; i < 50; i++) {
            PushKey made = PushKey.generate();
            byte[] scalar = made.secret().getS().toByteArray();
            byte[] padded = new byte[32];
            int length = Math.min(32, scalar.length);
            System.arraycopy(scalar, scalar.length - length, padded, 32 - length, length);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
            assertThat(PushKey.of(text).text()).isEqualTo(made.text());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PushKey.of("AAAA"));
        assertThatIllegalArgumentException().isThrownBy(() -> PushKey.of("A".repeat(43)));
    }

    @Test
    void aPointOffTheCurveIsNoKey() {
        byte[] point = PushKey.generate().point();
        point[40] ^= 1;
        assertThatIllegalArgumentException().isThrownBy(() -> PushKey.open(point));
    }

    @Test
    void aPushCarriesOurSignatureForThatService() throws Exception {
        assertThat(pushes.send(Post.browser(service.endpoint("a")), PUSH)).isEqualTo(new Sending.Sent());
        var push = service.pushes().getFirst();
        assertThat(push.headers())
                .containsEntry("ttl", "600")
                .containsEntry("topic", "ntc_topic")
                .containsEntry("content-encoding", "aes128gcm");
        String authorization = push.headers().getOrDefault("authorization", "");
        assertThat(authorization).startsWith("vapid t=").endsWith(", k=" + key.text());
        SignedJWT token = SignedJWT.parse(authorization.substring(8, authorization.indexOf(',')));
        assertThat(token.verify(new ECDSAVerifier(key.open()))).isTrue();
        assertThat(token.getJWTClaimsSet().getAudience())
                .containsExactly("http://127.0.0.1:" + service.uri().getPort());
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("mailto:op@gavel.dev");
        assertThat(token.getJWTClaimsSet().getExpirationTime())
                .isBefore(Date.from(clock.instant().plus(Duration.ofHours(24))));
        assertThat(new String(push.body(), StandardCharsets.UTF_8)).doesNotContain("title");
    }

    @Test
    void aBrowserThatIsGoneIsToldFromTrouble() {
        service.gone("a");
        assertThat(pushes.send(Post.browser(service.endpoint("a")), PUSH)).isEqualTo(new Sending.Gone());
        service.troubles(1);
        assertThat(pushes.send(Post.browser(service.endpoint("b")), PUSH)).isEqualTo(new Sending.Unclear("HTTP_503"));
        assertThat(pushes.send(Post.browser(service.endpoint("b")), PUSH)).isEqualTo(new Sending.Sent());
        service.close();
        assertThat(pushes.send(Post.browser(service.endpoint("b")), PUSH)).isEqualTo(new Sending.Unclear("CONNECTION"));
    }

    @Test
    void nothingIsSentWhereNothingMayBeSent() {
        try (HttpWebPush strict = pushes("", TIMEOUT)) {
            assertThat(strict.send(Post.browser(service.endpoint("a")), PUSH)).isEqualTo(new Sending.Gone());
        }
        assertThat(service.pushes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://fcm.googleapis.com/fcm/send/abc, true",
        "https://FCM.googleapis.com:443/x, true",
        "https://updates.push.services.mozilla.com/wpush/v2/x, true",
        "https://db5p.notify.windows.com/w/?token=x, true",
        "https://web.push.apple.com/x, true",
        "http://push.local:8080/x, true",
        "https://push.local/x, true",
        "http://fcm.googleapis.com/x, false",
        "https://fcm.googleapis.com:8443/x, false",
        "https://evilfcm.googleapis.com.example.org/x, false",
        "https://notfcm.googleapis.com/x, false",
        "https://user@fcm.googleapis.com/x, false",
        "https://127.0.0.1/x, false",
        "https://[::1]/x, false",
        "https://localhost/x, false",
        "https://169.254.169.254/latest, false",
        "https://kubernetes.default.svc/x, false",
        "file:///etc/passwd, false",
        "mailto:a@b.c, false"
    })
    void onlyPushServicesOfBrowsersAreCalled(URI endpoint, boolean allowed) {
        assertThat(new PushHosts("push.local, other.local").allow(endpoint)).isEqualTo(allowed);
    }
}
