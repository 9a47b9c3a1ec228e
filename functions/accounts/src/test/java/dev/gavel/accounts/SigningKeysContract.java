package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every `SigningKeys` does.
abstract class SigningKeysContract {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456789Z");

    abstract SigningKeys keys();

    private static SigningKey key(long generation) {
        return SigningKey.create(generation, NOW.plusSeconds(generation), AccountsFixture.ENCRYPTION);
    }

    @AfterEach
    void leaveNoKeys() {
        keys().ring().keys().forEach(keys()::remove);
    }

    @Test
    void atFirstThereIsNone() {
        assertThat(keys().ring().keys()).isEmpty();
    }

    @Test
    void keysAreFoundAsTheyWereAddedTheOldestFirst() {
        SigningKey second = key(2);
        SigningKey tenth = key(10);
        SigningKey first = key(1);
        for (SigningKey key : List.of(second, tenth, first)) {
            assertThat(keys().add(key)).isTrue();
        }

        assertThat(keys().ring().keys()).containsExactly(first, second, tenth);
    }

    @Test
    void ofOneGenerationThereIsOneKey() {
        SigningKey key = key(1);
        keys().add(key);

        assertThat(keys().add(key(1))).isFalse();
        assertThat(keys().ring().keys()).containsExactly(key);
    }

    @Test
    void ofManyAddedAtOnceOneStays() throws Exception {
        List<Callable<Boolean>> additions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SigningKey key = key(1);
            additions.add(() -> keys().add(key));
        }

        int winners = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> won : threads.invokeAll(additions)) {
                winners += won.get() ? 1 : 0;
            }
        }

        assertThat(winners).isEqualTo(1);
        assertThat(keys().ring().keys()).hasSize(1);
    }

    @Test
    void aKeyThatWasRemovedIsGone() {
        SigningKey key = key(1);
        keys().add(key);
        keys().remove(key);
        keys().remove(key);

        assertThat(keys().ring().keys()).isEmpty();
    }
}
