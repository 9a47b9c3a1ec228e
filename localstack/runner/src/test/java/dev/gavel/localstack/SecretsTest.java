package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void keysAreKeptBesideTheDataTheyBelongTo() throws IOException {
        Secrets secrets = new Secrets(folder);
        assertThat(secrets.none()).isTrue();
        String encryption = secrets.keyEncryptionKey();
        String push = secrets.vapidPrivateKey();
        assertThat(Base64.getDecoder().decode(encryption)).hasSize(32);
        assertThat(Base64.getUrlDecoder().decode(push)).hasSize(32);
        assertThat(new Secrets(folder).keyEncryptionKey()).isEqualTo(encryption);
        assertThat(new Secrets(folder).vapidPrivateKey()).isEqualTo(push);
        assertThat(new Secrets(folder).none()).isFalse();
    }

    @Test
    void withoutDataEveryRunHasItsOwn() throws IOException {
        Secrets secrets = new Secrets(null);
        assertThat(secrets.none()).isTrue();
        assertThat(secrets.vapidPrivateKey()).isNotEqualTo(secrets.vapidPrivateKey());
    }
}
