package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Ed25519;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RotateSigningKeysTest {

    private final AccountsFixture accounts = new AccountsFixture().withAnna();

    @Test
    void theFirstKeyIsMadeByWhoeverNeedsItFirst() throws Exception {
        assertThatThrownBy(accounts::jwks).isInstanceOf(Unavailable.class);

        Secret token = accounts.annaSignsIn().accessToken();

        assertThat(accounts.jwks().keys()).hasSize(1);
        assertThat(verifies(token)).isTrue();
        assertThat(accounts.rotateKeys().count()).isZero();
    }

    @Test
    void theTickMakesTheFirstKeyToo() throws Exception {
        assertThat(accounts.rotateKeys().count()).isEqualTo(1);

        assertThat(verifies(accounts.annaSignsIn().accessToken())).isTrue();
        assertThat(accounts.jwks().keys()).hasSize(1);
    }

    @RepeatedTest(5)
    void instancesThatMakeTheFirstKeyAtOnceAgreeOnOne() throws Exception {
        User anna = accounts.users.byId(accounts.anna()).orElseThrow();
        Callable<Secret> issue = () -> accounts.accessTokens().issue(anna, accounts.now());

        Set<String> kids = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Secret> token : threads.invokeAll(Collections.nCopies(4, issue))) {
                kids.add(kid(token.get()));
            }
        }

        assertThat(kids).hasSize(1).isEqualTo(kids());
    }

    @Test
    void tokensSignedBeforeAChangeOfKeysStayValidUntilTheyExpire() throws Exception {
        // One instance all along, which remembers the keys for a while.
        AccessTokens tokens = accounts.accessTokens();
        User anna = accounts.users.byId(accounts.anna()).orElseThrow();
        accounts.rotateKeys();
        accounts.later(KeyRing.SIGNS.minus(KeyRing.MADE_AHEAD)).rotateKeys();
        accounts.later(KeyRing.MADE_AHEAD.minusMillis(1));
        Secret before = tokens.issue(anna, accounts.now());
        accounts.later(Duration.ofMillis(1)).rotateKeys();
        Secret after = tokens.issue(anna, accounts.now());

        assertThat(kid(after)).isNotEqualTo(kid(before));
        assertThat(verifies(before)).isTrue();
        assertThat(verifies(after)).isTrue();
        accounts.later(AccessTokens.LIFETIME).rotateKeys();
        assertThat(verifies(before)).isTrue();
        // The control: once nobody can have a good token of it, the key is gone.
        accounts.later(KeyRing.LINGERS).rotateKeys();
        assertThat(verifies(before)).isFalse();
        assertThat(verifies(after)).isTrue();
    }

    @Test
    void theNextKeyIsPublishedAndDoesNotSignYet() throws Exception {
        accounts.rotateKeys();
        String first = kid(accounts.annaSignsIn().accessToken());
        accounts.later(KeyRing.SIGNS.minus(KeyRing.MADE_AHEAD));

        assertThat(accounts.rotateKeys().count()).isEqualTo(1);
        assertThat(accounts.rotateKeys().count()).isZero();

        assertThat(kids()).hasSize(2);
        assertThat(kid(accounts.annaSignsIn().accessToken())).isEqualTo(first);
        assertThat(kid(accounts.later(KeyRing.MADE_AHEAD).annaSignsIn().accessToken()))
                .isNotEqualTo(first);
    }

    @Test
    void aKeyThatSignsNoMoreIsPublishedUntilItsLastTokenExpiredAndThenDestroyed() {
        accounts.rotateKeys();
        accounts.later(KeyRing.SIGNS.minus(KeyRing.MADE_AHEAD)).rotateKeys();
        accounts.later(KeyRing.MADE_AHEAD.plus(KeyRing.LINGERS).minusMillis(1));
        assertThat(kids()).hasSize(2);
        assertThat(accounts.rotateKeys().count()).isZero();

        accounts.later(Duration.ofMillis(1));

        assertThat(kids()).hasSize(1);
        assertThat(accounts.rotateKeys().count()).isEqualTo(1);
        assertThat(accounts.keys.ring().keys()).hasSize(1);
    }

    @Test
    void afterTicksThatStayedAwayTheNextKeyIsStillPublishedAnHourAhead() {
        accounts.rotateKeys();
        accounts.later(KeyRing.SIGNS.multipliedBy(3));
        accounts.annaSignsIn();
        accounts.rotateKeys();

        Instant next = accounts.keys.ring().keys().getLast().signsFrom();
        assertThat(next).isEqualTo(accounts.now().plus(KeyRing.AHEAD));
    }

    @Test
    void onlyPublicPartsArePublished() throws Exception {
        accounts.rotateKeys();

        for (Map<String, Object> key : accounts.jwks().keys()) {
            assertThat(key).containsOnlyKeys("kty", "crv", "x", "kid", "use", "alg");
            assertThat(OctetKeyPair.parse(key).isPrivate()).isFalse();
        }
        SigningKey stored = accounts.keys.ring().keys().getFirst();
        assertThat(stored.publicJwk()).doesNotContain("\"d\"");
        assertThat(stored.toString()).doesNotContain(stored.sealedPrivateKey());
        // The control: the sealed half is a private key indeed.
        assertThat(stored.privateKey(AccountsFixture.ENCRYPTION).isPrivate()).isTrue();
    }

    private boolean verifies(Secret token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token.value());
        List<Map<String, Object>> keys = accounts.jwks().keys();
        for (Map<String, Object> key : keys) {
            OctetKeyPair parsed = OctetKeyPair.parse(key);
            if (parsed.getKeyID().equals(jwt.getHeader().getKeyID())) {
                return jwt.verify(Ed25519.verifier(parsed));
            }
        }
        return false;
    }

    private static String kid(Secret token) throws Exception {
        return SignedJWT.parse(token.value()).getHeader().getKeyID();
    }

    private Set<String> kids() {
        return accounts.jwks().keys().stream()
                .map(key -> (String) key.get("kid"))
                .collect(Collectors.toSet());
    }
}
