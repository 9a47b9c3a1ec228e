package dev.gavel.runtime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.gavel.kernel.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// The public keys of the issuer, fetched when first needed, again every ten minutes, and when a token names
/// a key that is not among them (every five seconds at most). While the address does not answer, the keys
/// known so far stay.
final class JwksKeys {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int MOST_BYTES = 256 * 1024;
    // A point of the curve and a number in its range, which is all that is checked before the arithmetic begins.
    private static final Base64URL NOBODYS =
            Base64URL.encode(HexFormat.of().parseHex("58" + "66".repeat(31) + "01".repeat(31) + "00"));

    private final Settings settings;
    private final Log log;
    private final Duration between;
    private final int timeoutMillis;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Keys keys;
    private volatile long triedAt;
    private volatile boolean tried;

    /// @param generation changes when the keys do
    private record Keys(Map<String, JWSVerifier> byId, String text, long fetchedAt, int generation) {}

    JwksKeys(Settings settings, Log log) {
        this.settings = settings;
        this.log = log;
        this.between = settings.duration("GAVEL_JWKS_INTERVAL", Duration.ofSeconds(5));
        this.timeoutMillis = (int)
                settings.duration("GAVEL_JWKS_TIMEOUT", Duration.ofSeconds(2)).toMillis();
    }

    /// Changes whenever a key came or went, so that what was verified before must be verified again.
    int generation() {
        Keys known = keys;
        return known == null ? 0 : known.generation();
    }

    /// The verifier of a key, or null when the issuer has no such key.
    ///
    /// @throws Unavailable when no keys could be had yet
    @Nullable
    JWSVerifier verifier(String keyId) {
        Keys known = keys;
        if (known == null
                || !known.byId().containsKey(keyId)
                || age(known.fetchedAt()).compareTo(FRESH) > 0) {
            known = fetched(known);
        }
        return known.byId().get(keyId);
    }

    /// Fetches the keys and verifies once what nobody signed: the first verification takes the JDK as long as
    /// many later ones. Never fails; the first token will tell.
    void warm() {
        try {
            for (JWSVerifier verifier : fetched(keys).byId().values()) {
                if (verifier.supportedJWSAlgorithms().contains(JWSAlgorithm.EdDSA)) {
                    boolean _ = verifier.verify(new JWSHeader(JWSAlgorithm.EdDSA), new byte[1], NOBODYS);
                    return;
                }
            }
        } catch (Unavailable | CannotStart | JOSEException e) {
            log.line(Level.FINE, "not warm: " + e.getMessage(), null);
        }
    }

    private Keys fetched(@Nullable Keys before) {
        fetching.lock();
        try {
            Keys known = keys;
            // Somebody else may have fetched while this thread waited.
            if (known != null && known != before) {
                return known;
            }
            if (!tried || age(triedAt).compareTo(known == null ? between.dividedBy(5) : between) >= 0) {
                tried = true;
                try {
                    known = parsed(fetch(settings.address("GAVEL_JWKS_URL")), known);
                    keys = known;
                } catch (IOException | ParseException | JOSEException e) {
                    log.line(Level.WARNING, "cannot fetch the issuer's keys: " + e, null);
                } finally {
                    triedAt = System.nanoTime();
                }
            }
            if (known == null) {
                throw new Unavailable("the issuer's keys cannot be fetched");
            }
            return known;
        } finally {
            fetching.unlock();
        }
    }

    private String fetch(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        try {
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new IOException(address + " answered " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] body = in.readNBytes(MOST_BYTES + 1);
                if (body.length > MOST_BYTES) {
                    throw new IOException(address + " answered more than " + MOST_BYTES + " bytes");
                }
                return new String(body, StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static Keys parsed(String text, @Nullable Keys before) throws ParseException, JOSEException {
        if (before != null && before.text().equals(text)) {
            return new Keys(before.byId(), text, System.nanoTime(), before.generation());
        }
        Map<String, JWSVerifier> byId = new HashMap<>();
        for (JWK key : JWKSet.parse(text).getKeys()) {
            if (key.getKeyID() == null || key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
                continue;
            }
            if (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
                byId.put(key.getKeyID(), Ed25519.verifier(pair));
            } else if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
                byId.put(key.getKeyID(), new ECDSAVerifier(ec.toPublicJWK()));
            }
        }
        return new Keys(Map.copyOf(byId), text, System.nanoTime(), before == null ? 1 : before.generation() + 1);
    }

    private static Duration age(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
