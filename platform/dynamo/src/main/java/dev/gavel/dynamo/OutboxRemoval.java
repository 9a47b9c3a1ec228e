package dev.gavel.dynamo;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Removes what was published: off the caller's way, in batches, by one thread. A short wait lets a batch
/// gather, since each call costs as much as the write it cleans up after. It may fail or fall behind,
/// because the sweep publishes the fact once more and removes it then.
final class OutboxRemoval implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OutboxRemoval.class.getName());
    private static final int BATCH = 25;
    private static final int QUEUE = 2_000;
    private static final int TRIES = 3;
    private static final Duration GATHERS = Duration.ofMillis(250);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final DynamoDbClient client;
    private final String table;
    private final BlockingQueue<Map<String, AttributeValue>> queue = new LinkedBlockingQueue<>(QUEUE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread drainer;

    OutboxRemoval(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /// Removes the row soon, or not at all when too many are waiting.
    void later(Map<String, AttributeValue> key) {
        if (!queue.offer(key)) {
            return;
        }
        synchronized (this) {
            if (closed.getCount() > 0 && (drainer == null || !drainer.isAlive())) {
                drainer = Thread.ofVirtual().name("outbox-removal").start(this::drain);
            }
        }
    }

    /// Removes these rows now.
    void now(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> distinct = List.copyOf(new LinkedHashSet<>(keys));
        for (int from = 0; from < distinct.size(); from += BATCH) {
            batch(distinct.subList(from, Math.min(from + BATCH, distinct.size())));
        }
    }

    private void batch(List<Map<String, AttributeValue>> keys) {
        Map<String, List<WriteRequest>> left = Map.of(
                table,
                keys.stream()
                        .map(key -> WriteRequest.builder()
                                .deleteRequest(delete -> delete.key(key))
                                .build())
                        .toList());
        for (int attempt = 0; attempt < TRIES && !left.isEmpty(); attempt++) {
            Map<String, List<WriteRequest>> writes = left;
            left = DynamoWrites.call(
                    "removing published facts",
                    () -> client.batchWriteItem(request -> request.requestItems(writes))
                            .unprocessedItems());
        }
    }

    /// Ends when nothing is left to do; the next row starts it again.
    private void drain() {
        List<Map<String, AttributeValue>> keys = new ArrayList<>(BATCH);
        gather();
        while (more(keys)) {
            try {
                now(keys);
            } catch (RuntimeException trouble) {
                LOG.log(
                        Level.WARNING,
                        keys.size() + " published facts are left for the sweep: " + trouble.getMessage());
            }
            keys.clear();
            gather();
        }
    }

    private void gather() {
        if (queue.size() >= BATCH) {
            return;
        }
        try {
            boolean _ = closed.await(GATHERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean more(List<Map<String, AttributeValue>> keys) {
        if (queue.drainTo(keys, BATCH) == 0) {
            drainer = null;
            return false;
        }
        return true;
    }

    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed.countDown();
            last = drainer;
        }
        try {
            if (last != null && !last.join(CLOSING)) {
                last.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
