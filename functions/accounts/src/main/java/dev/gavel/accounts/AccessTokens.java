package dev.gavel.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.Ed25519;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Issues access tokens: JWTs signed with EdDSA (RFC 9068) that are good for 15 minutes. It makes the very
/// first signing key when there is none.
final class AccessTokens {

    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final String AUDIENCE = "gavel";

    // Far less than a key is published ahead, so that the next key is known here, too, before its time comes.
    private static final Duration REMEMBERS = Duration.ofMinutes(5);

    private final SigningKeys keys;
    private final KeyEncryption encryption;
    private final String issuer;
    private final Operators operators;
    private final Ids ids;
    private final Map<String, JWSSigner> opened = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;

    private record Known(KeyRing ring, Instant at) {}

    AccessTokens(SigningKeys keys, KeyEncryption encryption, String issuer, Operators operators, Ids ids) {
        this.keys = keys;
        this.encryption = encryption;
        this.issuer = issuer;
        this.operators = operators;
        this.ids = ids;
    }

    Secret issue(User user, Instant now) {
        SigningKey key = signing(now);
        JWSSigner signer = opened.computeIfAbsent(key.kid(), _ -> signer(key));
        JWSHeader header = new JWSHeader.Builder(
                        signer.supportedJWSAlgorithms().iterator().next())
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.kid())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(user.id().value())
                .claim("roles", List.copyOf(operators.rolesOf(user)))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(ids.next("tok"))
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(key + " does not sign", e);
        }
        return new Secret(token.serialize());
    }

    private JWSSigner signer(SigningKey key) {
        try {
            JWK pair = key.privateKey(encryption);
            return pair instanceof OctetKeyPair ed25519 ? Ed25519.signer(ed25519) : new ECDSASigner(pair.toECKey());
        } catch (JOSEException e) {
            throw new IllegalStateException(key + " does not sign", e);
        }
    }

    private SigningKey signing(Instant now) {
        return ring(now).signing(now).orElseGet(() -> {
            // Of two instances that get here at once one adds its key, and both sign with that one.
            keys.add(SigningKey.create(1, now, encryption));
            known = null;
            return ring(now)
                    .signing(now)
                    .orElseThrow(() -> new IllegalStateException("a signing key was just added and is gone"));
        });
    }

    private KeyRing ring(Instant now) {
        Known last = known;
        if (last == null || now.isBefore(last.at) || now.isAfter(last.at.plus(REMEMBERS))) {
            last = new Known(keys.ring(), now);
            known = last;
            KeyRing ring = last.ring;
            opened.keySet()
                    .removeIf(kid ->
                            ring.keys().stream().noneMatch(key -> key.kid().equals(kid)));
        }
        return last.ring;
    }
}
