package dev.gavel.payments;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.PaymentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Payments in the table `payments`, their journals in the table `ledger`:
///
/// | id    | attributes                                   |
/// |-------|----------------------------------------------|
/// | pay_… | writes, state (JSON), statusShard, statusAt  |
///
/// | paymentId | journal                   | attributes    |
/// |-----------|---------------------------|---------------|
/// | pay_…     | held, settled or paid-out | posted (JSON) |
///
/// The index `by-status` holds only those that somebody has to look after, by queue and by when.
final class DynamoPayments implements Payments {

    private static final int SHARDS = 4;

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final String table;
    private final String ledger;

    DynamoPayments(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.outbox = outbox;
        this.table = tables.name("payments");
        this.ledger = tables.name("ledger");
    }

    @Override
    public Optional<Payment> find(PaymentId id) {
        return DynamoReads.item(client, table, key(id.value()), "payment " + id).map(DynamoPayments::payment);
    }

    @Override
    public void save(Payment next, @Nullable Journal journal, List<Fact<?>> facts) {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(next.writes() == 1 ? putNew(table, item(next), "id") : putNext(table, item(next), "writes"));
        if (journal != null) {
            items.add(putNew(ledger, item(journal), "journal"));
        }
        outbox.commit(items, facts, "payment " + next.paymentId());
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public List<Journal> journals(PaymentId id) {
        return DynamoWrites.call(
                        "ledger of " + id,
                        () -> client.query(query -> query.tableName(ledger)
                                .consistentRead(true)
                                .keyConditionExpression("paymentId = :id")
                                .expressionAttributeValues(Map.of(":id", s(id.value())))))
                .items()
                .stream()
                .map(item -> Json.MAPPER.readValue(text(item, "posted"), Journal.class))
                .toList();
    }

    @Override
    public List<PaymentId> due(Queue queue, Instant by, int limit) {
        // The first character after the separator, so that the whole instant counts.
        String until = sortable(by) + "$";
        return IntStream.range(0, SHARDS)
                .mapToObj(shard -> queue(queue, shard, until, limit))
                .flatMap(found -> found.items().stream())
                .sorted(Comparator.comparing(item -> text(item, "statusAt")))
                .limit(limit)
                .map(item -> new PaymentId(text(item, "id")))
                .toList();
    }

    private QueryResponse queue(Queue queue, int shard, String until, int limit) {
        return DynamoWrites.call(
                "payments " + queue.label(),
                () -> client.query(query -> query.tableName(table)
                        .indexName("by-status")
                        .limit(limit)
                        .keyConditionExpression("statusShard = :shard AND statusAt < :until")
                        .expressionAttributeValues(
                                Map.of(":shard", s(queue.label() + "#" + shard), ":until", s(until)))));
    }

    @Override
    public Slice all(int limit, @Nullable String cursor) {
        var answer = DynamoWrites.call(
                "payments",
                () -> client.scan(scan -> scan.tableName(table)
                        .limit(limit)
                        .consistentRead(true)
                        .exclusiveStartKey(cursor == null ? null : key(cursor))));
        return new Slice(
                answer.items().stream().map(DynamoPayments::payment).toList(),
                Stream.of(answer.lastEvaluatedKey())
                        .filter(last -> !last.isEmpty())
                        .map(last -> text(last, "id"))
                        .findFirst()
                        .orElse(null));
    }

    private static Map<String, AttributeValue> item(Payment payment) {
        Map<String, AttributeValue> item = new HashMap<>(key(payment.paymentId().value()));
        item.put("writes", n(payment.writes()));
        item.put("state", s(Json.MAPPER.writeValueAsString(payment)));
        Queue queue = payment.queue();
        if (queue != null) {
            int shard = Math.floorMod(payment.paymentId().value().hashCode(), SHARDS);
            item.put("statusShard", s(queue.label() + "#" + shard));
            item.put("statusAt", s(sortable(payment.patience().next()) + "#" + payment.paymentId()));
        }
        return item;
    }

    private static Map<String, AttributeValue> item(Journal journal) {
        return Map.of(
                "paymentId", s(journal.paymentId().value()),
                "journal", s(journal.kind().label()),
                "posted", s(Json.MAPPER.writeValueAsString(journal)));
    }

    private static Payment payment(Map<String, AttributeValue> item) {
        return Json.MAPPER.readValue(text(item, "state"), Payment.class);
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", s(id));
    }
}
