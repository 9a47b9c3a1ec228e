package dev.gavel.accounts;

import static dev.gavel.accounts.AccountsFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private final AccountsFixture accounts = new AccountsFixture().withAnna();

    @Test
    void aTokenSaysWhoForWhomAndHowLong() throws Exception {
        SignedJWT token = SignedJWT.parse(accounts.annaSignsIn().accessToken().value());
        JWTClaimsSet claims = token.getJWTClaimsSet();

        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.EdDSA);
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getHeader().getKeyID()).isNotBlank();
        assertThat(claims.getIssuer()).isEqualTo("https://gavel.dev");
        assertThat(claims.getAudience()).containsExactly("gavel");
        assertThat(claims.getSubject()).isEqualTo(accounts.anna().value());
        assertThat(claims.getStringListClaim("roles")).isEmpty();
        assertThat(claims.getIssueTime().toInstant()).isEqualTo(START);
        assertThat(claims.getNotBeforeTime().toInstant()).isEqualTo(START);
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(START.plus(Duration.ofMinutes(15)));
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getClaims()).containsOnlyKeys("iss", "aud", "sub", "roles", "iat", "nbf", "exp", "jti");
    }

    @Test
    void whoCameAMomentBeforeTheFirstKeyWasMadeGetsATokenToo() throws Exception {
        accounts.rotateKeys();
        AccessTokens tokens = new AccessTokens(
                accounts.keys, AccountsFixture.ENCRYPTION, "https://gavel.dev", Operators.NOBODY, accounts.ids);
        User anna = accounts.users.byId(accounts.anna()).orElseThrow();

        Secret token = tokens.issue(anna, accounts.now().minusSeconds(7));

        assertThat(SignedJWT.parse(token.value()).getHeader().getKeyID()).isNotBlank();
    }

    @Test
    void aKeyFromBeforeSignsUntilTheNextOneBegins() throws Exception {
        ECKey pair = new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint(true)
                .generate();
        byte[] sealed =
                AccountsFixture.ENCRYPTION.seal(pair.toJSONString().getBytes(StandardCharsets.UTF_8), pair.getKeyID());
        accounts.keys.add(new SigningKey(
                1,
                pair.getKeyID(),
                START,
                pair.toPublicJWK().toJSONString(),
                Base64.getEncoder().encodeToString(sealed)));

        SignedJWT before = SignedJWT.parse(accounts.annaSignsIn().accessToken().value());
        assertThat(before.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(before.verify(
                        new ECDSAVerifier(ECKey.parse(accounts.jwks().keys().getFirst()))))
                .isTrue();
    }

    @Test
    void rolesComeFromTheStoreAndReachTheNextToken() throws Exception {
        Secret refreshToken = accounts.annaSignsIn().refreshToken();
        accounts.users.giveRole(accounts.anna(), "operator");

        Secret refreshed =
                AccountsFixture.accepted(accounts.refresh(refreshToken)).accessToken();

        assertThat(SignedJWT.parse(refreshed.value()).getJWTClaimsSet().getStringListClaim("roles"))
                .isEqualTo(List.of("operator"));
    }

    @Test
    void aKeySealedWithAnotherEncryptionKeySaysWhatIsWrong() {
        accounts.rotateKeys();
        KeyEncryption other = KeyEncryption.fromBase64(
                Base64.getEncoder().encodeToString("x".repeat(32).getBytes()));
        AccessTokens tokens =
                new AccessTokens(accounts.keys, other, "https://gavel.dev", Operators.NOBODY, accounts.ids);
        User anna = accounts.users.byId(accounts.anna()).orElseThrow();

        assertThatThrownBy(() -> tokens.issue(anna, accounts.now()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GAVEL_KEY_ENCRYPTION_KEY is not the one it was sealed with");
    }
}
