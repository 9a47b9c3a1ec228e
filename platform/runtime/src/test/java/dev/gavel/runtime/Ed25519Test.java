package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import org.junit.jupiter.api.Test;

class Ed25519Test {

    // RFC 8037, appendix A.
    private static final OctetKeyPair PAIR = new OctetKeyPair.Builder(
                    Curve.Ed25519, new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
            .d(new Base64URL("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
            .build();
    private static final String SIGNED = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    @Test
    void signsAndVerifiesTheExampleOfTheStandard() throws Exception {
        JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.EdDSA), new Payload("Example of Ed25519 signing"));
        jws.sign(Ed25519.signer(PAIR));

        assertThat(jws.serialize()).isEqualTo(SIGNED);
        assertThat(JWSObject.parse(SIGNED).verify(Ed25519.verifier(PAIR.toPublicJWK())))
                .isTrue();
    }

    @Test
    void whatIsChangedOrNoSignatureIsRefused() throws Exception {
        JWSVerifier verifier = Ed25519.verifier(PAIR);
        JWSObject good = JWSObject.parse(SIGNED);
        byte[] content = good.getSigningInput();
        byte[] signature = good.getSignature().decode();
        for (int i = 0; i < signature.length; i++) {
            byte[] other = signature.clone();
            other[i] ^= 1;
            assertThat(verifier.verify(good.getHeader(), content, Base64URL.encode(other)))
                    .isFalse();
        }
        content[3] ^= 1;
        assertThat(verifier.verify(good.getHeader(), content, good.getSignature()))
                .isFalse();
        for (int length : new int[] {0, 1, 63, 65, 5_000}) {
            assertThat(verifier.verify(good.getHeader(), content, Base64URL.encode(new byte[length])))
                    .isFalse();
        }
        assertThat(Ed25519.verifier(Ed25519.generate())
                        .verify(good.getHeader(), good.getSigningInput(), good.getSignature()))
                .isFalse();
    }

    @Test
    void aNewPairIsNamedByItsThumbprintAndKeepsItsSecret() throws Exception {
        OctetKeyPair pair = Ed25519.generate();

        assertThat(pair.getKeyID()).isEqualTo(pair.computeThumbprint().toString());
        assertThat(pair.toPublicJWK().toJSONString()).doesNotContain("\"d\"").contains("\"alg\":\"EdDSA\"");
        JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.EdDSA), new Payload("anything"));
        jws.sign(Ed25519.signer(pair));
        assertThat(jws.verify(Ed25519.verifier(pair.toPublicJWK()))).isTrue();
    }

    @Test
    void anotherKeyIsRefused() {
        Base64URL half = Base64URL.encode(new byte[16]);
        assertThatThrownBy(() -> Ed25519.verifier(new OctetKeyPair.Builder(Curve.Ed25519, half).build()))
                .isInstanceOf(JOSEException.class);
        assertThatThrownBy(() -> Ed25519.verifier(new OctetKeyPair.Builder(Curve.X25519, PAIR.getX()).build()))
                .isInstanceOf(JOSEException.class);
        assertThatThrownBy(() -> Ed25519.signer(PAIR.toPublicJWK())).hasMessageContaining("not a private one");
    }
}
