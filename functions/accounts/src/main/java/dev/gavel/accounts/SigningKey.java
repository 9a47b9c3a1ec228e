package dev.gavel.accounts;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.gavel.runtime.Ed25519;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;

/// A pair of keys that signs access tokens: of Ed25519, or of P-256 when it is from before.
///
/// @param generation its number, from 1; there is one key of each
/// @param kid the thumbprint of the public key (RFC 7638)
/// @param signsFrom when it begins to sign, which it does until the next one begins
/// @param publicJwk the public key as a JWK
/// @param sealedPrivateKey the pair as a JWK, sealed, in base64
record SigningKey(long generation, String kid, Instant signsFrom, String publicJwk, String sealedPrivateKey) {

    static SigningKey create(long generation, Instant signsFrom, KeyEncryption encryption) {
        OctetKeyPair pair = Ed25519.generate();
        byte[] sealed = encryption.seal(pair.toJSONString().getBytes(StandardCharsets.UTF_8), pair.getKeyID());
        return new SigningKey(
                generation,
                pair.getKeyID(),
                signsFrom,
                pair.toPublicJWK().toJSONString(),
                Base64.getEncoder().encodeToString(sealed));
    }

    JWK publicKey() {
        return parse(publicJwk);
    }

    JWK privateKey(KeyEncryption encryption) {
        byte[] jwk = encryption.open(Base64.getDecoder().decode(sealedPrivateKey), kid);
        return parse(new String(jwk, StandardCharsets.UTF_8));
    }

    private JWK parse(String jwk) {
        try {
            return JWK.parse(jwk);
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
