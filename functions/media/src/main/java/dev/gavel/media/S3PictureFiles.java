package dev.gavel.media;

import dev.gavel.imaging.Variant;
import dev.gavel.kernel.Unavailable;
import dev.gavel.s3.S3Buckets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Uploads in the bucket `uploads`, variants in the bucket `pictures`, where a CDN finds them.
final class S3PictureFiles implements PictureFiles {

    /// Under one key there never is anything else.
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final S3Client client;
    private final String uploads;
    private final String shown;

    S3PictureFiles(S3Client client, S3Buckets buckets) {
        this.client = client;
        this.uploads = buckets.name("uploads");
        this.shown = buckets.name("pictures");
    }

    @Override
    public Optional<byte[]> upload(String object, int most) {
        return call("an upload", () -> {
            try {
                return Optional.of(client.getObjectAsBytes(
                                get -> get.bucket(uploads).key(object).range("bytes=0-" + (most - 1)))
                        .asByteArrayUnsafe());
            } catch (NoSuchKeyException _) {
                return Optional.empty();
            } catch (software.amazon.awssdk.services.s3.model.S3Exception trouble) {
                if (trouble.statusCode() == 416) {
                    // There is no first byte.
                    return Optional.of(new byte[0]);
                }
                throw trouble;
            }
        });
    }

    @Override
    public void discard(String object) {
        call(
                "an upload",
                () -> client.deleteObject(delete -> delete.bucket(uploads).key(object)));
    }

    @Override
    public void show(String key, Map<Variant, byte[]> variants) {
        variants.forEach((variant, bytes) -> call(
                "a picture",
                () -> client.putObject(
                        put -> put.bucket(shown)
                                .key(key + "/" + variant.file())
                                .contentType("image/jpeg")
                                .cacheControl(FOR_EVER),
                        RequestBody.fromBytes(bytes))));
    }

    @Override
    public void hide(String key) {
        ObjectIdentifier[] all = Arrays.stream(Variant.values())
                .map(variant -> ObjectIdentifier.builder()
                        .key(key + "/" + variant.file())
                        .build())
                .toArray(ObjectIdentifier[]::new);
        call(
                "a picture",
                () -> client.deleteObjects(delete -> delete.bucket(shown).delete(objects -> objects.objects(all))));
    }

    private static <T> T call(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException trouble) {
            throw new Unavailable("S3 does not answer for " + what, trouble);
        }
    }
}
