package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;

import dev.gavel.events.Fact;
import dev.gavel.runtime.FactPublisher;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// One walk through the shards of an outbox.
final class OutboxSweep {

    private static final System.Logger LOG = System.getLogger(OutboxSweep.class.getName());
    private static final int PAGE = 100;
    /// Rows that can be neither read nor published are walked past, but not for ever.
    private static final int PAGES = 20;
    /// After so many refusals in a row it is the Broker that is in trouble and not a fact.
    private static final int GIVE_UP = 3;
    /// Clocks differ, so that a later fact of a subject may bear the earlier time: look a little further
    /// than asked.
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final DynamoDbClient client;
    private final String table;
    private final FactPublisher publisher;
    private final String context;
    private final OutboxRemoval removal;
    private final Instant olderThan;
    private final Set<String> blocked = new HashSet<>();
    private int refusals;

    OutboxSweep(
            DynamoDbClient client,
            String table,
            FactPublisher publisher,
            String context,
            OutboxRemoval removal,
            Instant olderThan) {
        this.client = client;
        this.table = table;
        this.publisher = publisher;
        this.context = context;
        this.removal = removal;
        this.olderThan = olderThan;
    }

    int run(int limit) {
        int count = 0;
        for (int shard = 0; shard < OutboxRow.SHARDS && refusals < GIVE_UP; shard++) {
            // What earlier shards did not need is there for the later ones.
            int share = Math.ceilDiv(limit - count, OutboxRow.SHARDS - shard);
            count += shard(OutboxRow.shard(context, shard), share);
        }
        return count;
    }

    private int shard(String shard, int share) {
        int count = 0;
        Map<String, AttributeValue> after = Map.of();
        for (int page = 0; page < PAGES && count < share && refusals < GIVE_UP; page++) {
            QueryResponse found = read(shard, after);
            count += publish(facts(found.items()), share - count);
            after = found.lastEvaluatedKey();
            if (after.isEmpty()) {
                break;
            }
        }
        return count;
    }

    private QueryResponse read(String shard, Map<String, AttributeValue> after) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .limit(PAGE)
                .keyConditionExpression("#shard = :shard AND id < :until")
                .expressionAttributeNames(Map.of("#shard", OutboxRow.SHARD))
                .expressionAttributeValues(Map.of(":shard", s(shard), ":until", s(sortable(olderThan.plus(SKEW)))));
        if (!after.isEmpty()) {
            request.exclusiveStartKey(after);
        }
        return DynamoWrites.call("reading the outbox", () -> client.query(request.build()));
    }

    /// The facts of each subject by sequence, subjects in the order of their oldest fact.
    private Collection<List<Fact<?>>> facts(List<Map<String, AttributeValue>> rows) {
        Map<String, List<Fact<?>>> subjects = new LinkedHashMap<>();
        for (Map<String, AttributeValue> row : rows) {
            try {
                Fact<?> fact = OutboxRow.fact(row);
                subjects.computeIfAbsent(fact.subject(), _ -> new ArrayList<>()).add(fact);
            } catch (RuntimeException damaged) {
                LOG.log(Level.ERROR, "the outbox row " + OutboxRow.key(row) + " cannot be read and is kept", damaged);
            }
        }
        subjects.values().forEach(facts -> facts.sort(Comparator.comparingLong(Fact::sequence)));
        return subjects.values();
    }

    private int publish(Collection<List<Fact<?>>> subjects, int limit) {
        List<Map<String, AttributeValue>> published = new ArrayList<>();
        for (List<Fact<?>> facts : subjects) {
            for (Fact<?> fact : facts.subList(0, due(facts))) {
                if (published.size() == limit || refusals == GIVE_UP || !publish(fact)) {
                    break;
                }
                published.add(OutboxRow.key(context, fact));
            }
        }
        removal.now(published);
        return published.size();
    }

    /// How many of the facts have to go: up to the last that is old enough, so that no later one
    /// overtakes an earlier.
    private int due(List<Fact<?>> facts) {
        int due = facts.size();
        while (due > 0 && !facts.get(due - 1).time().isBefore(olderThan)) {
            due--;
        }
        return due;
    }

    private boolean publish(Fact<?> fact) {
        if (blocked.contains(fact.subject())) {
            return false;
        }
        try {
            publisher.publish(fact);
            refusals = 0;
            return true;
        } catch (RuntimeException trouble) {
            LOG.log(Level.WARNING, fact.id() + " stays in the outbox: " + trouble.getMessage());
            blocked.add(fact.subject());
            refusals++;
            return false;
        }
    }
}
