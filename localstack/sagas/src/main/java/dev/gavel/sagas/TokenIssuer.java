package dev.gavel.sagas;

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
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// Issues access tokens as the accounts context does, with a key of its own.
final class TokenIssuer {

    private final ECKey key;

    TokenIssuer() {
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .keyID("sagas")
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime has no P-256 keys", e);
        }
    }

    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String token(UserId user, Instant now, boolean operator) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://gavel.dev")
                .audience("gavel")
                .subject(user.value())
                .claim("roles", operator ? List.of("operator") : List.of())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                .build();
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }
}
