package dev.gavel.dynamo;

import dev.gavel.kernel.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// Items read by key, always as the last write left them.
public final class DynamoReads {

    /// What one call of DynamoDB takes.
    private static final int KEYS = 100;

    private static final int ROUNDS = 6;
    private static final int FIRST_PAUSE_MILLIS = 20;

    private DynamoReads() {}

    /// The item with this key, if there is one.
    ///
    /// @param what names the thing in the message of a failure, for example `auction auc_01…`
    /// @throws Unavailable when DynamoDB does not answer
    public static Optional<Map<String, AttributeValue>> item(
            DynamoDbClient client, String table, Map<String, AttributeValue> key, String what) {
        return Optional.of(DynamoWrites.call(
                        what,
                        () -> client.getItem(
                                        get -> get.tableName(table).key(key).consistentRead(true))
                                .item()))
                .filter(item -> !item.isEmpty());
    }

    /// The items with these keys, in the order of the keys and without those that are not there. Asks again
    /// for what DynamoDB leaves unread, which it does when the answer would exceed 16 MB or when it is too
    /// busy: 6 times in all, at growing distances of together under 0.7 seconds.
    ///
    /// @param keys at most 100 different ones; numbers in them as `DynamoItems.n` writes them
    /// @param what names the things in the message of a failure
    /// @throws Unavailable when DynamoDB does not answer, or leaves some unread to the end
    /// @throws IllegalArgumentException when there are more keys
    public static List<Map<String, AttributeValue>> items(
            DynamoDbClient client, String table, List<Map<String, AttributeValue>> keys, String what) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Set<Map<String, AttributeValue>> different = new LinkedHashSet<>(keys);
        if (different.size() > KEYS) {
            throw new IllegalArgumentException(
                    "at most " + KEYS + " items can be read at once, not " + different.size());
        }
        Set<String> names = keys.getFirst().keySet();
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
        read(client, table, different, what).forEach(item -> {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(names);
            found.put(key, item);
        });
        return keys.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static List<Map<String, AttributeValue>> read(
            DynamoDbClient client, String table, Collection<Map<String, AttributeValue>> keys, String what) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder().consistentRead(true).keys(keys).build());
        for (int round = 1; ; round++) {
            Map<String, KeysAndAttributes> asked = wanted;
            BatchGetItemResponse answer =
                    DynamoWrites.call(what, () -> client.batchGetItem(batch -> batch.requestItems(asked)));
            items.addAll(answer.responses().getOrDefault(table, List.of()));
            wanted = answer.unprocessedKeys();
            if (wanted.isEmpty()) {
                return items;
            }
            if (round == ROUNDS) {
                throw new Unavailable(what + ": DynamoDB is too busy to read them all");
            }
            pause(round, what);
        }
    }

    /// Each waits for another time, so that callers that were turned away together do not come back together.
    private static void pause(int round, String what) {
        long bound = (long) FIRST_PAUSE_MILLIS << round - 1;
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unavailable(what + ": interrupted while DynamoDB was too busy", stopped);
        }
    }
}
