package dev.gavel.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// Issues access tokens as the accounts context does, with a key of its own.
public final class TestIssuer {

    public static final String ISSUER = "https://gavel.dev";
    private static final Duration LIFE = Duration.ofHours(6);

    private final ECKey key;

    public TestIssuer() {
        try {
            this.key = new ECKeyGenerator(Curve.P_256)
                    .keyID("test")
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime has no P-256 keys", e);
        }
    }

    /// The public key, as the accounts context publishes it.
    public String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /// A token of this user that is good for six hours.
    ///
    /// @param roles such as `operator`
    public String token(String userId, Instant now, String... roles) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("gavel")
                .subject(userId)
                .claim("roles", List.of(roles))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }
}
