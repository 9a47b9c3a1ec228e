package dev.gavel.operations;

import static dev.gavel.dynamo.DynamoItems.b;
import static dev.gavel.dynamo.DynamoItems.bool;
import static dev.gavel.dynamo.DynamoItems.bytes;
import static dev.gavel.dynamo.DynamoItems.flag;
import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.textIfAny;
import static dev.gavel.dynamo.DynamoItems.time;

import dev.gavel.dynamo.DynamoListing;
import dev.gavel.dynamo.DynamoPage;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.UserId;
import dev.gavel.operations.DeadLetter.Failure;
import dev.gavel.operations.DeadLetter.Redelivery;
import dev.gavel.operations.DeadLetter.State;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// Dead letters in the table `dead-letters`, one item each. The index `newest` has them all on one shelf in the order
/// they came; it carries keys only. One shelf takes 1,000 letters a second: when more come, the broker waits and
/// tries again.
final class DynamoDeadLetters implements DeadLetters {

    private static final String ID = "deadLetterId";
    private static final String LISTED = "listed";
    private static final String SHELF = "all";
    private static final Pattern CURSOR = Pattern.compile("[0-9T:.Z-]{20,40}#dlt_[0-9A-Z]{26}");

    private final DynamoDbClient client;
    private final String table;
    private final DynamoListing newest;

    DynamoDeadLetters(DynamoDbClient client, DynamoTables tables) {
        this.client = client;
        this.table = tables.name("dead-letters");
        this.newest = DynamoListing.ofIndex(client, table, "newest", "shelf", LISTED);
    }

    @Override
    public Optional<DeadLetter> find(DeadLetterId id) {
        return DynamoReads.item(client, table, key(id.value()), "dead letter " + id)
                .map(DynamoDeadLetters::letter);
    }

    @Override
    public void save(DeadLetter next) {
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item(next));
        if (next.version() == 1) {
            put.conditionExpression("attribute_not_exists(deadLetterId)");
        } else {
            put.conditionExpression("version = :decidedOn")
                    .expressionAttributeValues(Map.of(":decidedOn", n(next.version() - 1)));
        }
        DynamoWrites.call(next.toString(), () -> client.putItem(put.build()));
    }

    @Override
    public Slice newest(int limit, @Nullable String cursor) {
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            throw new IllegalArgumentException("no cursor of dead letters");
        }
        DynamoPage<Map<String, AttributeValue>> keys =
                newest.descending(SHELF, limit, cursor).map(item -> key(text(item, ID)));
        List<DeadLetter> letters = DynamoReads.items(client, table, keys.rows(), "dead letters").stream()
                .map(DynamoDeadLetters::letter)
                .toList();
        return new Slice(letters, keys.cursor());
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of(ID, s(id));
    }

    private static Map<String, AttributeValue> item(DeadLetter letter) {
        AnyEvent event = letter.event();
        Map<String, AttributeValue> item = new HashMap<>(key(letter.id().value()));
        item.put("shelf", s(SHELF));
        item.put(LISTED, s(sortable(letter.keptAt()) + "#" + letter.id()));
        item.put("version", n(letter.version()));
        item.put("expiresAt", n(letter.expiresAt().getEpochSecond()));
        item.put("eventId", s(event.id()));
        item.put("source", s(event.source()));
        item.put("type", s(event.type()));
        putIfAny(item, "subject", event.subject());
        putIfAny(item, "time", event.time());
        putIfAny(item, "dataContentType", event.dataContentType());
        putIfAny(item, "dataSchema", event.dataSchema());
        item.put("data", b(event.data()));
        Map<String, AttributeValue> extensions = new TreeMap<>();
        event.extensions().forEach((name, value) -> extensions.put(name, s(value)));
        item.put("extensions", AttributeValue.fromM(extensions));
        item.put("destination", s(letter.failure().destination()));
        putIfAny(item, "code", letter.failure().code());
        putIfAny(item, "reason", letter.failure().reason());
        item.put("cut", bool(letter.cut()));
        item.put("firstKeptAt", time(letter.firstKeptAt()));
        item.put("keptAt", time(letter.keptAt()));
        item.put("state", s(letter.state().name()));
        item.put("redeliveries", n(letter.redeliveries()));
        Redelivery last = letter.last();
        if (last != null) {
            item.put("redeliveredBy", s(last.by().value()));
            item.put("redeliveredAt", time(last.at()));
        }
        return item;
    }

    private static void putIfAny(Map<String, AttributeValue> item, String name, @Nullable Object value) {
        if (value != null) {
            item.put(name, s(value.toString()));
        }
    }

    private static DeadLetter letter(Map<String, AttributeValue> item) {
        Map<String, String> extensions = new TreeMap<>();
        item.getOrDefault("extensions", AttributeValue.fromM(Map.of()))
                .m()
                .forEach((name, value) -> extensions.put(name, value.s()));
        AnyEvent event = new AnyEvent(
                text(item, "eventId"),
                text(item, "source"),
                text(item, "type"),
                textIfAny(item, "subject").orElse(null),
                textIfAny(item, "time").map(OffsetDateTime::parse).orElse(null),
                textIfAny(item, "dataContentType").orElse(null),
                textIfAny(item, "dataSchema").orElse(null),
                bytes(item, "data"),
                extensions);
        return new DeadLetter(
                new DeadLetterId(text(item, ID)),
                event,
                new Failure(
                        text(item, "destination"),
                        textIfAny(item, "code").orElse(null),
                        textIfAny(item, "reason").orElse(null)),
                flag(item, "cut"),
                time(item, "firstKeptAt"),
                time(item, "keptAt"),
                State.valueOf(text(item, "state")),
                number(item, "redeliveries"),
                textIfAny(item, "redeliveredBy")
                        .map(by -> new Redelivery(new UserId(by), time(item, "redeliveredAt")))
                        .orElse(null),
                number(item, "version"));
    }
}
