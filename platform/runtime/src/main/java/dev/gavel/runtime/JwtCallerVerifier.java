package dev.gavel.runtime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Verifies access tokens: JWTs signed with EdDSA, or with ES256 by keys of that kind, by `GAVEL_ISSUER` for the
/// audience `gavel`, by the keys at `GAVEL_JWKS_URL`. The latest 10,000 verified tokens are remembered by their digest
/// until they expire.
public final class JwtCallerVerifier implements CallerVerifier {

    private static final String AUDIENCE = "gavel";
    private static final Duration LEEWAY = Duration.ofSeconds(5);
    private static final int LONGEST_TOKEN = 4096;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Set<String> TYPES = Set.of("at+jwt", "jwt", "application/at+jwt");
    private static final String SIGN_IN = " Sign in again and send the new access token.";

    private record Verified(Caller.User user, Instant expires, int generation) {}

    private final String issuer;
    private final Clock clock;
    private final JwksKeys keys;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final ReentrantLock remembering = new ReentrantLock();
    private final Map<String, Verified> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    public JwtCallerVerifier(Settings settings, Clock clock) {
        this(settings, clock, new JwksKeys(settings, Log.of(settings)));
    }

    JwtCallerVerifier(Settings settings, Clock clock, JwksKeys keys) {
        this.issuer = settings.text("GAVEL_ISSUER", "https://gavel.dev");
        this.clock = clock;
        this.keys = keys;
    }

    @Override
    public Caller.User verify(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            throw new TokenRefused("The token is empty or too long." + SIGN_IN);
        }
        String digest = digest(token);
        Instant now = clock.instant();
        Verified known = recall(digest);
        if (known != null && now.isBefore(known.expires()) && known.generation() == keys.generation()) {
            hits.increment();
            return known.user();
        }
        misses.increment();
        Verified verified = verified(token, now);
        remember(digest, verified);
        return verified.user();
    }

    /// Lets the meters show how often a token was remembered.
    void countIn(Meters meters) {
        meters.watch("gavel.jwt.cache", "hit", hits);
        meters.watch("gavel.jwt.cache", "miss", misses);
    }

    long hits() {
        return hits.sum();
    }

    @Override
    public void warm() {
        keys.warm();
    }

    private Verified verified(String token, Instant now) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            JOSEObjectType type = header.getType();
            if (type == null || !TYPES.contains(type.getType().toLowerCase(java.util.Locale.ROOT))) {
                throw new TokenRefused("The token is not an access token." + SIGN_IN);
            }
            if (header.getKeyID() == null) {
                throw new TokenRefused("The token does not name its key." + SIGN_IN);
            }
            JWSVerifier verifier = keys.verifier(header.getKeyID());
            int generation = keys.generation();
            if (verifier == null) {
                throw new TokenRefused("The token is signed with a key that is not in use." + SIGN_IN);
            }
            // The algorithm is that of the key, never the token's to choose.
            if (!verifier.supportedJWSAlgorithms().contains(header.getAlgorithm())) {
                throw new TokenRefused("The token is not signed with the algorithm of its key." + SIGN_IN);
            }
            if (!jwt.verify(verifier)) {
                throw new TokenRefused("The token's signature is wrong." + SIGN_IN);
            }
            return checked(jwt.getJWTClaimsSet(), now, generation);
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            throw new TokenRefused("The token is malformed." + SIGN_IN);
        }
    }

    private Verified checked(JWTClaimsSet claims, Instant now, int generation) throws ParseException {
        if (!issuer.equals(claims.getIssuer())) {
            throw new TokenRefused("The token is from another issuer." + SIGN_IN);
        }
        if (!claims.getAudience().contains(AUDIENCE)) {
            throw new TokenRefused("The token is for another audience." + SIGN_IN);
        }
        Date expires = claims.getExpirationTime();
        if (expires == null || !now.isBefore(expires.toInstant().plus(LEEWAY))) {
            throw new TokenRefused("The token has expired." + SIGN_IN);
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(LEEWAY))) {
            throw new TokenRefused("The token is not valid yet: send it later.");
        }
        String subject = claims.getSubject();
        if (subject == null) {
            throw new TokenRefused("The token names no user." + SIGN_IN);
        }
        List<String> roles = claims.getStringListClaim("roles");
        return new Verified(
                new Caller.User(new UserId(subject), roles == null ? Set.of() : Set.copyOf(roles)),
                expires.toInstant(),
                generation);
    }

    private @Nullable Verified recall(String digest) {
        remembering.lock();
        try {
            return remembered.get(digest);
        } finally {
            remembering.unlock();
        }
    }

    private void remember(String digest, Verified verified) {
        remembering.lock();
        try {
            remembered.put(digest, verified);
        } finally {
            remembering.unlock();
        }
    }

    // The tokens themselves are not kept in memory.
    private static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new String(hash, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
