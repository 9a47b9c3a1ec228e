package dev.gavel.media;

import dev.gavel.imaging.Resizing.Resized;
import dev.gavel.imaging.Variant;
import dev.gavel.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The key of a picture that is shown. It is made of what the picture shows, so what lies under it
/// never changes and may be kept by every cache; and it says how large the picture is and how it looks
/// from far, so a page can make room for it before it has seen it. The owner is part of it, too: two
/// people who upload the same file have nothing to do with each other.
final class PictureKey {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LETTERS = 26;

    private PictureKey() {}

    static String of(UserId owner, Resized picture) {
        return "p/%s-%dx%d-%s"
                .formatted(
                        hash(owner, picture),
                        picture.width(),
                        picture.height(),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(picture.placeholder()));
    }

    private static String hash(UserId owner, Resized picture) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(owner.value().getBytes(StandardCharsets.US_ASCII));
            for (Variant variant : Variant.values()) {
                sha.update(picture.variants().getOrDefault(variant, new byte[0]));
            }
            byte[] digest = sha.digest();
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < LETTERS; i++) {
                letters.append(ALPHABET.charAt(digest[i] & 31));
            }
            return letters.toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
