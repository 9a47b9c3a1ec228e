package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.backends.Backends;
import dev.gavel.kernel.AuctionId;
import java.net.URI;
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
            assertThat(one.exchange(Map.of(here, 3))).isEmpty();
            assertThat(other.exchange(Map.of(here, 4, elsewhere, 1))).containsExactly(Map.entry(here, 3));
            assertThat(one.exchange(Map.of(here, 3))).containsExactly(Map.entry(here, 4));
            assertThat(other.exchange(Map.of(elsewhere, 1))).isEmpty();
            assertThat(one.exchange(Map.of(here, 3))).isEmpty();
        }
    }

    @Test
    void withoutRedisNobodyElseWatches() {
        try (Presence presence = new RedisPresence(URI.create("redis://127.0.0.1:1"))) {
            assertThat(presence.exchange(Map.of(World.unknown(), 1))).isEmpty();
            assertThat(presence.exchange(Map.of(World.unknown(), 1))).isEmpty();
        }
    }
}
