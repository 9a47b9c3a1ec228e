package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.s;

import dev.gavel.events.Fact;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.Trace;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The facts of one context that are committed and perhaps not yet published. A fact is written with the
/// state in one transaction (`put`), published right after it (`published`), and if a crash came between,
/// published later (`sweep`). So every fact reaches the Broker at least once; its id is the same each
/// time.
public final class DynamoOutbox implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DynamoOutbox.class.getName());
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final DynamoDbClient client;
    private final String table;
    private final FactPublisher publisher;
    private final String context;
    private final OutboxRemoval removal;

    /// @param context whose facts these are, for example `auctions`; each context sweeps only its own
    public DynamoOutbox(DynamoDbClient client, DynamoTables tables, FactPublisher publisher, String context) {
        if (!context.matches("[a-z][a-z-]{0,31}")) {
            throw new IllegalArgumentException("a context is named in small letters, such as auctions, not " + context);
        }
        this.client = client;
        this.table = tables.name("outbox");
        this.publisher = publisher;
        this.context = context;
        this.removal = new OutboxRemoval(client, table);
    }

    /// The write that has to be part of the transaction that changes the state. Writing a fact again
    /// changes nothing.
    public TransactWriteItem put(Fact<?> fact) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(OutboxRow.of(context, fact)))
                .build();
    }

    /// Writes the state and the facts about it in one transaction: all or none. Publish the facts afterwards.
    ///
    /// @param state the writes of the state, such as `DynamoWrites.putNext`; with the facts at most 100
    /// @param what names the thing in the message of a failure, for example `order ord_01…`
    /// @throws dev.gavel.kernel.StaleWrite when a condition did not hold: nothing was written
    /// @throws dev.gavel.kernel.Unavailable when it may or may not have been written
    public void commit(List<TransactWriteItem> state, List<? extends Fact<?>> facts, String what) {
        DynamoWrites.transact(
                client,
                Stream.concat(state.stream(), facts.stream().map(this::put)).toList(),
                what);
    }

    /// Publishes facts that were just committed, in this order, and returns when that is done or after 2
    /// seconds. Never throws: what could not be published stays for the sweep, as does everything after
    /// it.
    public void published(List<? extends Fact<?>> facts) {
        if (facts.isEmpty()) {
            return;
        }
        Trace trace = Trace.current();
        // Another thread, so that a Broker that hangs cannot hold the caller longer than promised.
        Thread work =
                Thread.ofVirtual().name("publish-facts").start(() -> trace.run(() -> publish(List.copyOf(facts))));
        try {
            if (!work.join(AT_ONCE)) {
                work.interrupt();
            }
        } catch (InterruptedException _) {
            work.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void publish(List<Fact<?>> facts) {
        for (Fact<?> fact : facts) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.log(Level.WARNING, "{0} is left for the sweep: the Broker took too long", fact.id());
                return;
            }
            try {
                publisher.publish(fact);
            } catch (RuntimeException trouble) {
                LOG.log(Level.WARNING, fact.id() + " is left for the sweep: " + trouble.getMessage());
                return;
            }
            removal.later(OutboxRow.key(context, fact));
        }
    }

    /// Publishes and removes facts that happened before `olderThan` and are still there, the oldest first
    /// and those of a subject by sequence. A subject whose fact the Broker does not take is left alone
    /// until the next sweep; a row that cannot be read is reported, kept and passed over.
    ///
    /// @param limit how many at most, spread evenly over the shards
    /// @return how many were published
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public int sweep(Instant olderThan, int limit) {
        return new OutboxSweep(client, table, publisher, context, removal, olderThan).run(limit);
    }

    /// What is waiting to be published.
    ///
    /// @param facts how many, counted up to 1,000 in each of the 8 shards
    /// @param oldest how long the oldest has been waiting: zero when none is
    public record Backlog(int facts, Duration oldest) {}

    /// What is waiting now. An age of more than a minute means that the sweep does not run or the Broker does not take
    /// facts.
    ///
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public Backlog backlog(Instant now) {
        int facts = 0;
        Instant oldest = now;
        for (int shard = 0; shard < OutboxRow.SHARDS; shard++) {
            QueryRequest query = of(shard);
            QueryResponse found = DynamoWrites.call("looking at the outbox", () -> client.query(query));
            facts += found.count();
            if (found.count() > 0) {
                Instant since = OutboxRow.since(found.items().getFirst());
                oldest = since.isBefore(oldest) ? since : oldest;
            }
        }
        return new Backlog(facts, Duration.between(oldest, now));
    }

    private QueryRequest of(int shard) {
        return QueryRequest.builder()
                .tableName(table)
                .limit(1_000)
                .projectionExpression(OutboxRow.ID)
                .consistentRead(true)
                .keyConditionExpression("#shard = :shard")
                .expressionAttributeNames(Map.of("#shard", OutboxRow.SHARD))
                .expressionAttributeValues(Map.of(":shard", s(OutboxRow.shard(context, shard))))
                .build();
    }

    /// Whose facts these are.
    String context() {
        return context;
    }

    /// Ends the removal in the background, for which it waits up to 2 seconds; what is then left the
    /// sweep removes.
    @Override
    public void close() {
        removal.close();
    }
}
