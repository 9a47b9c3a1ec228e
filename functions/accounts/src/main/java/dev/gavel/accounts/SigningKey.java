package dev.gavel.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;

/// A pair of keys that signs access tokens (ES256).
///
/// @param generation its number, from 1; there is one key of each
/// @param kid the thumbprint of the public key (RFC 7638)
/// @param signsFrom when it begins to sign, which it does until the next one begins
/// @param publicJwk the public key as a JWK
/// @param sealedPrivateKey the pair as a JWK, sealed, in base64
record SigningKey(long generation, String kid, Instant signsFrom, String publicJwk, String sealedPrivateKey) {

    static SigningKey create(long generation, Instant signsFrom, KeyEncryption encryption) {
        try {
            ECKey pair = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            byte[] sealed = encryption.seal(pair.toJSONString().getBytes(StandardCharsets.UTF_8), pair.getKeyID());
            return new SigningKey(
                    generation,
                    pair.getKeyID(),
                    signsFrom,
                    pair.toPublicJWK().toJSONString(),
                    Base64.getEncoder().encodeToString(sealed));
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot make keys for ES256", e);
        }
    }

    ECKey publicKey() {
        return parse(publicJwk);
    }

    ECKey privateKey(KeyEncryption encryption) {
        byte[] jwk = encryption.open(Base64.getDecoder().decode(sealedPrivateKey), kid);
        return parse(new String(jwk, StandardCharsets.UTF_8));
    }

    private ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException _) {
            // The cause would quote the key.
            throw new IllegalStateException("signing key " + kid + " is damaged");
        }
    }

    @Override
    public String toString() {
        return "signing key " + kid;
    }
}
