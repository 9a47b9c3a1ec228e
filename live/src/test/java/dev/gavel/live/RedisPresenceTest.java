package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gavel.backends.Backends;
import dev.gavel.kernel.AuctionId;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisPresenceTest {

    private final URI redis = URI.create("redis://" + Backends.shared("redis").getAuthority());

    @Test
    void replicasSeeEachOthersViewersAndNotTheirOwn() {
        AuctionId here = World.unknown();
        AuctionId elsewhere = World.unknown();
        try (Presence one = new RedisPresence(redis);
                Presence other = new RedisPresence(redis)) {
            Map<AuctionId, Integer> both = Map.of(here, 4, elsewhere, 1);
            sees(one, Map.of(here, 3), other, both, Map.of(here, 3));
            sees(other, both, one, Map.of(here, 3), Map.of(here, 4));
            sees(other, Map.of(elsewhere, 1), one, Map.of(here, 3), Map.of());
            sees(one, Map.of(here, 3), other, Map.of(elsewhere, 1), Map.of());
        }
    }

    /// What one replica is told once another has told its own; an exchange that took too long is made again.
    private static void sees(
            Presence teller,
            Map<AuctionId, Integer> told,
            Presence asker,
            Map<AuctionId, Integer> own,
            Map<AuctionId, Integer> elsewhere) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            teller.exchange(told);
            assertThat(asker.exchange(own)).isEqualTo(elsewhere);
        });
    }

    @Test
    void withoutRedisNobodyElseWatches() {
        try (Presence presence = new RedisPresence(URI.create("redis://127.0.0.1:1"))) {
            assertThat(presence.exchange(Map.of(World.unknown(), 1))).isEmpty();
            assertThat(presence.exchange(Map.of(World.unknown(), 1))).isEmpty();
        }
    }
}
