package dev.gavel.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.runtime.Ed25519;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// Issues access tokens as the accounts context does, with a key of its own.
public final class TestIssuer {

    public static final String ISSUER = "https://gavel.dev";
    private static final Duration LIFE = Duration.ofHours(6);

    private final OctetKeyPair key = Ed25519.generate();

    /// The public key, as the accounts context publishes it.
    public String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /// A token of this user that is good for six hours.
    ///
    /// @param roles such as `operator`
    public String token(String userId, Instant now, String... roles) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
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
            jwt.sign(Ed25519.signer(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }
}
