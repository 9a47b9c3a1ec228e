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
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signatures of JWTs by Ed25519 (`EdDSA`, RFC 8037), computed by the JDK: Nimbus itself leaves them to a
/// library of its own.
public final class Ed25519 {

    private static final String NAME = "Ed25519";
    private static final int KEY_BYTES = 32;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.EdDSA);

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
            return new Signer(KeyFactory.getInstance(NAME)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, checked(key, secret))));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("the key is not one of Ed25519", e);
        }
    }

    /// @throws JOSEException when the key is not one of Ed25519
    public static JWSVerifier verifier(OctetKeyPair key) throws JOSEException {
        try {
            return new Verifier(new PublicPoint(checked(key, key.getDecodedX())));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("the key is not one of Ed25519", e);
        }
    }

    private static byte[] checked(OctetKeyPair key, byte[] bytes) throws InvalidKeyException {
        if (!Curve.Ed25519.equals(key.getCurve()) || bytes.length != KEY_BYTES) {
            throw new InvalidKeyException("a key of Ed25519 is 32 bytes");
        }
        return bytes;
    }

    private static Base64URL last(byte[] encoded) {
        return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /// A public key without a `KeyFactory`, which makes classes at run time for a first key to wait for.
    private static final class PublicPoint implements EdECPublicKey {

        private static final long serialVersionUID = 1L;

        private final transient EdECPoint point;

        /// @param bytes the point as RFC 8032 encodes it: y from its least byte on, and the parity of x in the last bit
        PublicPoint(byte[] bytes) {
            byte[] number = new byte[KEY_BYTES];
            for (int i = 0; i < KEY_BYTES; i++) {
                number[i] = bytes[KEY_BYTES - 1 - i];
            }
            boolean odd = number[0] < 0;
            number[0] &= 0x7f;
            this.point = new EdECPoint(odd, new BigInteger(1, number));
        }

        @Override
        public EdECPoint getPoint() {
            return point;
        }

        @Override
        public NamedParameterSpec getParams() {
            return NamedParameterSpec.ED25519;
        }

        @Override
        public String getAlgorithm() {
            return NAME;
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
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
