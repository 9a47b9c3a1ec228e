package dev.gavel.runtime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// Signatures of JWTs by Ed25519 (`EdDSA`, RFC 8037), computed by the JDK: Nimbus itself leaves them to a
/// library of its own.
public final class Ed25519 {

    private static final String NAME = "Ed25519";
    private static final int KEY_BYTES = 32;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.EdDSA);
    // What stands before the 32 bytes of a key in its encoding (RFC 8410).
    private static final byte[] BEFORE_PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] BEFORE_PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private Ed25519() {}

    /// A new pair of keys for signatures, named by its thumbprint (RFC 7638).
    public static OctetKeyPair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(NAME).generateKeyPair();
            return new OctetKeyPair.Builder(Curve.Ed25519, last(pair.getPublic().getEncoded()))
                    .d(last(pair.getPrivate().getEncoded()))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .keyIDFromThumbprint()
                    .build();
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("this JVM cannot make keys for Ed25519", e);
        }
    }

    /// @throws JOSEException when the key is not a private one of Ed25519
    public static JWSSigner signer(OctetKeyPair key) throws JOSEException {
        byte[] secret = key.getDecodedD();
        if (secret == null) {
            throw new JOSEException("the key is not a private one");
        }
        try {
            return new Signer(keys().generatePrivate(new PKCS8EncodedKeySpec(encoded(BEFORE_PRIVATE, key, secret))));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("the key is not one of Ed25519", e);
        }
    }

    /// @throws JOSEException when the key is not one of Ed25519
    public static JWSVerifier verifier(OctetKeyPair key) throws JOSEException {
        try {
            return new Verifier(
                    keys().generatePublic(new X509EncodedKeySpec(encoded(BEFORE_PUBLIC, key, key.getDecodedX()))));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("the key is not one of Ed25519", e);
        }
    }

    private static KeyFactory keys() throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME);
    }

    private static byte[] encoded(byte[] before, OctetKeyPair key, byte[] bytes) throws InvalidKeyException {
        if (!Curve.Ed25519.equals(key.getCurve()) || bytes.length != KEY_BYTES) {
            throw new InvalidKeyException("a key of Ed25519 is 32 bytes");
        }
        byte[] whole = Arrays.copyOf(before, before.length + KEY_BYTES);
        System.arraycopy(bytes, 0, whole, before.length, KEY_BYTES);
        return whole;
    }

    private static Base64URL last(byte[] encoded) {
        return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    private static final class Signer extends BaseJWSProvider implements JWSSigner {

        private final PrivateKey key;

        Signer(PrivateKey key) {
            super(ALGORITHMS);
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] content) throws JOSEException {
            try {
                Signature signature = Signature.getInstance(NAME);
                signature.initSign(key);
                signature.update(content);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("the JDK cannot sign by Ed25519", e);
            }
        }
    }

    private static final class Verifier extends BaseJWSProvider implements JWSVerifier {

        private final PublicKey key;

        Verifier(PublicKey key) {
            super(ALGORITHMS);
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] content, Base64URL signed) throws JOSEException {
            try {
                Signature signature = Signature.getInstance(NAME);
                signature.initVerify(key);
                signature.update(content);
                return signature.verify(signed.decode());
            } catch (SignatureException e) {
                // Not even in the form of a signature.
                return false;
            } catch (GeneralSecurityException e) {
                throw new JOSEException("the JDK cannot verify by Ed25519", e);
            }
        }
    }
}
