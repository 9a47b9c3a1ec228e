package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 24, 24 * 11})
    void whoSignsWasPublishedAnHourBeforeAndIsUntilTheLastTokenExpires(int hoursBetweenTicks) {
        Set<SigningKey> signed = new HashSet<>();
        KeyRing ring = new KeyRing(List.of());
        Instant now = AccountsFixture.START;
        KeyRing anHourAgo = null;
        for (int hour = 0; hour < 24 * 200; hour++) {
            if (hour % hoursBetweenTicks == 0) {
                ring = tick(ring, now);
            }
            SigningKey signing = ring.signing(now).orElseThrow();
            signed.add(signing);
            if (anHourAgo != null) {
                assertThat(anHourAgo.published(now.minus(KeyRing.AHEAD))).contains(signing);
            }
            assertThat(ring.published(now)).contains(signing);
            assertThat(ring.spent(now.plus(AccessTokens.LIFETIME))).doesNotContain(signing);
            assertThat(ring.keys()).hasSizeLessThanOrEqualTo(3);
            anHourAgo = ring;
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(signed).hasSizeBetween(5, 7);
    }

    private static KeyRing tick(KeyRing ring, Instant now) {
        List<SigningKey> keys = new ArrayList<>(ring.keys());
        ring.nextSignsFrom(now)
                .ifPresent(from -> keys.add(new SigningKey(
                        ring.nextGeneration(), "kid-" + ring.nextGeneration(), from, "public", "sealed")));
        keys.removeAll(ring.spent(now));
        return new KeyRing(keys);
    }
}
