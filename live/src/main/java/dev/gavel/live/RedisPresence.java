package dev.gavel.live;

import dev.gavel.kernel.AuctionId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Viewer counts in Redis: a set of replicas by the time they were last heard of, and a hash of counts for each, which
/// is gone soon after its replica.
final class RedisPresence implements Presence {

    private static final Logger LOG = LoggerFactory.getLogger(RedisPresence.class);
    private static final Duration KEPT = Duration.ofSeconds(15);
    private static final int MOST_REPLICAS = 200;
    private static final String REPLICAS = "gavel:live:replicas";

    private final String replica = UUID.randomUUID().toString();
    private final URI address;
    private @Nullable RedissonClient client;
    private boolean away;

    RedisPresence(URI address) {
        this.address = address;
    }

    @Override
    public Map<AuctionId, Integer> exchange(Map<AuctionId, Integer> here) {
        try {
            RedissonClient redis = client();
            publish(redis, here);
            Map<AuctionId, Integer> elsewhere = elsewhere(redis, here.keySet());
            away = false;
            return elsewhere;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn("Redis is away, so viewers at other replicas are not counted: {}", e.toString());
            }
            away = true;
            return Map.of();
        }
    }

    private RedissonClient client() {
        RedissonClient known = client;
        if (known == null) {
            Config config = new Config();
            config.setCodec(StringCodec.INSTANCE);
            config.setThreads(2);
            config.setNettyThreads(2);
            config.useSingleServer()
                    .setAddress(address.toString())
                    .setConnectionMinimumIdleSize(1)
                    .setConnectionPoolSize(4)
                    .setSubscriptionConnectionMinimumIdleSize(0)
                    .setSubscriptionConnectionPoolSize(1)
                    .setRetryAttempts(0)
                    .setConnectTimeout(1_000)
                    .setTimeout(1_000);
            known = Redisson.create(config);
            client = known;
        }
        return known;
    }

    private void publish(RedissonClient redis, Map<AuctionId, Integer> here) {
        Map<String, String> counts = new HashMap<>();
        here.forEach((id, count) -> counts.put(id.value(), Integer.toString(count)));
        RBatch batch = redis.createBatch(BatchOptions.defaults());
        var mine = batch.<String, String>getMap(key(replica), StringCodec.INSTANCE);
        mine.deleteAsync();
        if (!counts.isEmpty()) {
            mine.putAllAsync(counts);
            mine.expireAsync(KEPT);
        }
        var replicas = batch.<String>getScoredSortedSet(REPLICAS, StringCodec.INSTANCE);
        long now = System.currentTimeMillis();
        replicas.addAsync(now, replica);
        replicas.removeRangeByScoreAsync(0, true, now - KEPT.toMillis(), true);
        batch.execute();
    }

    private Map<AuctionId, Integer> elsewhere(RedissonClient redis, Set<AuctionId> auctions) {
        if (auctions.isEmpty()) {
            return Map.of();
        }
        Set<String> wanted = auctions.stream().map(AuctionId::value).collect(Collectors.toSet());
        List<String> others = new ArrayList<>(
                redis.<String>getScoredSortedSet(REPLICAS, StringCodec.INSTANCE).valueRange(0, MOST_REPLICAS));
        others.remove(replica);
        Map<AuctionId, Integer> sum = new HashMap<>();
        for (String other : others) {
            redis.<String, String>getMap(key(other), StringCodec.INSTANCE)
                    .getAllAsync(wanted)
                    .toCompletableFuture()
                    .orTimeout(1, TimeUnit.SECONDS)
                    .join()
                    .forEach((id, count) -> sum.merge(new AuctionId(id), Integer.parseInt(count), Integer::sum));
        }
        return sum;
    }

    private static String key(String replica) {
        return "gavel:live:viewers:" + replica;
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }
}
