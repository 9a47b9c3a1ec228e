package dev.gavel.notifications;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/// A key pair on the curve P-256, which can be made from the private key alone, as it is kept in settings.
record PushKey(ECPrivateKey secret, ECPublicKey open) {

    private static final int COORDINATE = 32;
    private static final ECParameterSpec CURVE = curve();
    private static final BigInteger PRIME = ((ECFieldFp) CURVE.getCurve().getField()).getP();

    /// @param scalar the private key, 32 bytes in base64url
    /// @throws IllegalArgumentException when it is none
    static PushKey of(String scalar) {
        byte[] bytes = Base64.getUrlDecoder().decode(scalar.replace("=", ""));
        BigInteger number = new BigInteger(1, bytes);
        if (bytes.length != COORDINATE || number.signum() == 0 || number.compareTo(CURVE.getOrder()) >= 0) {
            throw new IllegalArgumentException("a private key of P-256 is 32 bytes in base64url");
        }
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            return new PushKey((ECPrivateKey) keys.generatePrivate(new ECPrivateKeySpec(number, CURVE)), (ECPublicKey)
                    keys.generatePublic(new ECPublicKeySpec(times(number), CURVE)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A new random pair.
    static PushKey generate() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(CURVE);
            KeyPair pair = pairs.generateKeyPair();
            return new PushKey((ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The public key of somebody else from an uncompressed point.
    ///
    /// @throws IllegalArgumentException when the point is not on the curve
    static ECPublicKey open(byte[] point) {
        ECPoint read = new ECPoint(
                new BigInteger(1, point, 1, COORDINATE), new BigInteger(1, point, 1 + COORDINATE, COORDINATE));
        // A point off the curve would tell about our key.
        BigInteger x = read.getAffineX();
        BigInteger right = x.pow(3)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB());
        if (read.getAffineY().pow(2).subtract(right).mod(PRIME).signum() != 0) {
            throw new IllegalArgumentException("the point is not on P-256");
        }
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(read, CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the point is not on P-256", e);
        }
    }

    /// The uncompressed point: 65 bytes.
    byte[] point() {
        byte[] point = new byte[1 + 2 * COORDINATE];
        point[0] = 4;
        put(open.getW().getAffineX(), point, COORDINATE);
        put(open.getW().getAffineY(), point, 2 * COORDINATE);
        return point;
    }

    /// The uncompressed point in base64url, as a browser takes it.
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(point());
    }

    private static void put(BigInteger number, byte[] into, int last) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, into, last + 1 - length, length);
    }

    /// The generator times a number, by doubling and adding. It runs once at the start, so that the time it takes
    /// tells nobody anything.
    private static ECPoint times(BigInteger number) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = number.bitLength() - 1; bit >= 0; bit--) {
            sum = plus(sum, sum);
            if (number.testBit(bit)) {
                sum = plus(sum, CURVE.getGenerator());
            }
        }
        return sum;
    }

    private static ECPoint plus(ECPoint p, ECPoint q) {
        if (p.equals(ECPoint.POINT_INFINITY)) {
            return q;
        }
        BigInteger slope = p.equals(q)
                ? p.getAffineX()
                        .pow(2)
                        .multiply(BigInteger.valueOf(3))
                        .add(CURVE.getCurve().getA())
                        .multiply(p.getAffineY().shiftLeft(1).modInverse(PRIME))
                : q.getAffineY()
                        .subtract(p.getAffineY())
                        .multiply(q.getAffineX().subtract(p.getAffineX()).modInverse(PRIME));
        BigInteger x =
                slope.pow(2).subtract(p.getAffineX()).subtract(q.getAffineX()).mod(PRIME);
        BigInteger y = slope.multiply(p.getAffineX().subtract(x))
                .subtract(p.getAffineY())
                .mod(PRIME);
        return new ECPoint(x, y);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "PushKey[" + text() + "]";
    }
}
