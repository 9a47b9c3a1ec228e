package dev.gavel.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.runtime.Settings;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import dev.gavel.testkit.S3ForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class S3PictureFilesTest implements PictureFilesContract {

    @RegisterExtension
    static final S3ForTests S3 = new S3ForTests();

    private static final S3Client CLIENT = S3Clients.of(Settings.of(S3.settings()));
    private static final S3Buckets BUCKETS = S3Buckets.of(Settings.of(S3.settings()));

    @BeforeAll
    static void create() {
        BUCKETS.create(CLIENT);
        BUCKETS.create(CLIENT);
    }

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public PictureFiles files() {
        return new S3PictureFiles(CLIENT, BUCKETS);
    }

    @Override
    public void upload(String object, byte[] bytes) {
        CLIENT.putObject(put -> put.bucket(BUCKETS.name("uploads")).key(object), RequestBody.fromBytes(bytes));
    }

    @Override
    public byte[] shown(String name) {
        try {
            return CLIENT.getObjectAsBytes(
                            get -> get.bucket(BUCKETS.name("pictures")).key(name))
                    .asByteArray();
        } catch (NoSuchKeyException _) {
            return new byte[0];
        }
    }

    @Test
    void whatIsShownMayBeKeptForEver() {
        String key = "p/" + Album.expected().pictureId().value().substring(4) + "-2x2-abc";
        files().show(key, VARIANTS);
        HeadObjectResponse head =
                CLIENT.headObject(get -> get.bucket(BUCKETS.name("pictures")).key(key + "/card.jpg"));
        assertThat(head.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
        assertThat(head.contentType()).isEqualTo("image/jpeg");
    }
}
