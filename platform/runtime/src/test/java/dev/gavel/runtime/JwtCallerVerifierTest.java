package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtCallerVerifierTest {

    private final Issuer issuer = new Issuer();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private JwtCallerVerifier verifier(Clock clock, String interval) {
        return new JwtCallerVerifier(
                Settings.of(
                        Map.of("GAVEL_JWKS_URL", issuer.jwks(), "GAVEL_JWKS_INTERVAL", interval, "GAVEL_LOG", "off")),
                clock);
    }

    private JwtCallerVerifier verifier() {
        return verifier(Clock.systemUTC(), "0.001");
    }

    @Test
    void aGoodTokenNamesTheUserAndTheRoles() {
        String token = issuer.token(claims -> claims.claim("roles", List.of("operator")));
        assertThat(verifier().verify(token)).isEqualTo(new Caller.User(new UserId(Client.ALICE), Set.of("operator")));
    }

    @Test
    void bothNamesOfTheTypeAreGood() {
        JWSHeader header = Issuer.header("k1").type(JOSEObjectType.JWT).build();
        String token = Issuer.token(issuer.key(), header, Issuer.claims().build());
        assertThat(verifier().verify(token).roles()).isEmpty();
    }

    static Stream<Arguments> wrongClaims() {
        Instant now = Instant.now();
        return Stream.of(
                wrong("another issuer", claims -> claims.issuer("https://evil.example")),
                wrong("another audience", claims -> claims.audience("other")),
                wrong("another audience", claims -> claims.audience((String) null)),
                wrong("has expired", claims -> claims.expirationTime(Date.from(now.minusSeconds(6)))),
                wrong("has expired", claims -> claims.expirationTime(null)),
                wrong("not valid yet", claims -> claims.notBeforeTime(Date.from(now.plusSeconds(60)))),
                wrong("names no user", claims -> claims.subject(null)),
                wrong("malformed", claims -> claims.subject("root")),
                wrong("malformed", claims -> claims.claim("roles", "operator")));
    }

    private static Arguments wrong(String said, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(said, change);
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aWrongClaimIsNamed(String said, UnaryOperator<JWTClaimsSet.Builder> change) {
        assertThatThrownBy(() -> verifier().verify(issuer.token(change)))
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining(said);
    }

    @Test
    void clocksMayDifferByFiveSeconds() {
        Date justNow = Date.from(Instant.now().minusSeconds(2));
        assertThat(verifier().verify(issuer.token(claims -> claims.expirationTime(justNow))))
                .isNotNull();
        Date soon = Date.from(Instant.now().plusSeconds(3));
        assertThat(verifier().verify(issuer.token(claims -> claims.notBeforeTime(soon))))
                .isNotNull();
    }

    @Test
    void onlyOneAlgorithmIsGood() throws Exception {
        JWTClaimsSet claims = Issuer.claims().build();
        SignedJWT shared = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("k1")
                        .build(),
                claims);
        // The old trick: the public key taken for a shared secret.
        shared.sign(new MACSigner(issuer.key().getDecodedX()));
        for (String token : List.of(shared.serialize(), new PlainJWT(claims).serialize())) {
            assertThatThrownBy(() -> verifier().verify(token)).isInstanceOf(TokenRefused.class);
        }
    }

    @Test
    void aKeyOfTheOtherKindIsGoodForItsOwnAlgorithmAlone() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();
        issuer.published.add(other);
        for (String named : List.of("p256", "k1")) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(named)
                            .build(),
                    Issuer.claims().build());
            jwt.sign(new ECDSASigner(other));
            if (named.equals("p256")) {
                assertThat(verifier().verify(jwt.serialize()).id().value()).isEqualTo(Client.ALICE);
            } else {
                assertThatThrownBy(() -> verifier().verify(jwt.serialize()))
                        .hasMessageContaining("not signed with the algorithm of its key");
            }
        }
    }

    @Test
    void anotherTypeOfTokenIsNoAccessToken() {
        for (JOSEObjectType type : new JOSEObjectType[] {new JOSEObjectType("dpop+jwt"), null}) {
            JWSHeader header = Issuer.header("k1").type(type).build();
            String token = Issuer.token(issuer.key(), header, Issuer.claims().build());
            assertThatThrownBy(() -> verifier().verify(token)).hasMessageContaining("not an access token");
        }
    }

    @Test
    void aSignatureByAnotherKeyIsWrong() {
        OctetKeyPair other = Issuer.key("k1");
        String token =
                Issuer.token(other, Issuer.header("k1").build(), Issuer.claims().build());
        assertThatThrownBy(() -> verifier().verify(token)).hasMessageContaining("signature");
    }

    @Test
    void aChangedPayloadIsFound() {
        String[] parts = issuer.token(claims -> claims).split("\\.");
        String other = issuer.token(claims -> claims.claim("roles", List.of("operator")))
                .split("\\.")[1];
        assertThatThrownBy(() -> verifier().verify(parts[0] + "." + other + "." + parts[2]))
                .hasMessageContaining("signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c", "..", "e30.e30.e30", "\u0000.\u0000.\u0000"})
    void garbageIsRefused(String token) {
        assertThatThrownBy(() -> verifier().verify(token)).isInstanceOf(TokenRefused.class);
        assertThatThrownBy(() -> verifier().verify(token + "x".repeat(5000))).isInstanceOf(TokenRefused.class);
    }

    @Test
    void aVerifiedTokenIsRememberedButNeverPastItsEnd() {
        Instant now = Instant.now();
        JwtCallerVerifier verifier = verifier();
        String token = issuer.token(claims -> claims.expirationTime(Date.from(now.plusSeconds(60))));
        verifier.verify(token);
        verifier.verify(token);
        assertThat(verifier.hits()).isEqualTo(1);
        assertThat(issuer.fetches).hasValue(1);
        JwtCallerVerifier later = verifier(Clock.fixed(now.plusSeconds(66), ZoneOffset.UTC), "5");
        assertThatThrownBy(() -> later.verify(token)).hasMessageContaining("expired");
        MovableClock clock = new MovableClock(now);
        JwtCallerVerifier moving = verifier(clock, "5");
        moving.verify(token);
        clock.now = now.plusSeconds(66);
        assertThatThrownBy(() -> moving.verify(token)).hasMessageContaining("expired");
    }

    private static final class MovableClock extends Clock {

        volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        JwtCallerVerifier verifier = verifier();
        verifier.verify(issuer.token(claims -> claims));
        OctetKeyPair next = Issuer.key("k2");
        issuer.published.add(next);
        String token =
                Issuer.token(next, Issuer.header("k2").build(), Issuer.claims().build());
        assertThat(verifier.verify(token).id().value()).isEqualTo(Client.ALICE);
        assertThat(issuer.fetches).hasValue(2);
    }

    @Test
    void aRemovedKeyEndsWhatItSigned() {
        JwtCallerVerifier verifier = verifier();
        String old = issuer.token(claims -> claims);
        verifier.verify(old);
        OctetKeyPair next = Issuer.key("k2");
        issuer.published.clear();
        issuer.published.add(next);
        verifier.verify(
                Issuer.token(next, Issuer.header("k2").build(), Issuer.claims().build()));
        assertThatThrownBy(() -> verifier.verify(old)).hasMessageContaining("not in use");
    }

    @Test
    void unknownKeysDoNotMakeItFetchAllTheTime() {
        JwtCallerVerifier verifier = verifier(Clock.systemUTC(), "3600");
        verifier.verify(issuer.token(claims -> claims));
        for (int i = 0; i < 20; i++) {
            OctetKeyPair stranger = Issuer.key("s" + i);
            String token = Issuer.token(
                    stranger, Issuer.header("s" + i).build(), Issuer.claims().build());
            assertThatThrownBy(() -> verifier.verify(token)).hasMessageContaining("not in use");
        }
        assertThat(issuer.fetches).hasValue(1);
    }

    @Test
    void knownKeysOutliveAnOutage() {
        JwtCallerVerifier verifier = verifier();
        verifier.verify(issuer.token(claims -> claims));
        issuer.status = 500;
        OctetKeyPair stranger = Issuer.key("k9");
        String unknown = Issuer.token(
                stranger, Issuer.header("k9").build(), Issuer.claims().build());
        assertThatThrownBy(() -> verifier.verify(unknown)).isInstanceOf(TokenRefused.class);
        assertThat(verifier.verify(issuer.token(claims -> claims.jwtID("another"))))
                .isNotNull();
    }

    @Test
    void withoutAnyKeysNothingIsKnownAboutAToken() {
        issuer.status = 500;
        String token = issuer.token(claims -> claims);
        JwtCallerVerifier verifier = verifier();
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(Unavailable.class);
        issuer.status = 200;
        // The issuer is asked again after a pause, not at once.
        await().untilAsserted(() -> assertThatCode(() -> verifier.verify(token)).doesNotThrowAnyException());
        issuer.close();
        assertThatThrownBy(() -> verifier().verify(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void anIssuerThatDoesNotAnswerIsGivenUpSoon() throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
            JwtCallerVerifier verifier = new JwtCallerVerifier(
                    Settings.of(Map.of(
                            "GAVEL_JWKS_URL",
                            "http://127.0.0.1:" + silent.getLocalPort() + "/",
                            "GAVEL_JWKS_TIMEOUT",
                            Duration.ofMillis(100).toString(),
                            "GAVEL_LOG",
                            "off")),
                    Clock.systemUTC());
            String token = issuer.token(claims -> claims);
            assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void theHostVerifiesByDefault() {
        try (FunctionHost host = FunctionHost.start(
                        HostOptions.of("offer")
                                .with("GAVEL_JWKS_URL", issuer.jwks())
                                .with("GAVEL_LOG", "off"),
                        SampleFunctions.class);
                Client client = new Client(host)) {
            HttpResponse<String> good = client.post(
                    Client.OFFERS, Client.GOOD, "authorization", "Bearer " + issuer.token(claims -> claims));
            assertThat(good.statusCode()).isEqualTo(201);
            assertThat(client.post(Client.OFFERS, Client.GOOD).statusCode()).isEqualTo(401);
        }
        issuer.status = 503;
        try (FunctionHost host = FunctionHost.start(
                        HostOptions.of("offer")
                                .with("GAVEL_JWKS_URL", issuer.jwks())
                                .with("GAVEL_LOG", "off"),
                        SampleFunctions.class);
                Client client = new Client(host)) {
            HttpResponse<String> unknown = client.post(
                    Client.OFFERS, Client.GOOD, "authorization", "Bearer " + issuer.token(claims -> claims));
            assertThat(unknown.statusCode()).isEqualTo(503);
        }
    }
}
