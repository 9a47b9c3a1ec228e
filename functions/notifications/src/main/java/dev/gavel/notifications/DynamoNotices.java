package dev.gavel.notifications;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.sortable;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoWrites.putNew;
import static dev.gavel.dynamo.DynamoWrites.putNext;

import dev.gavel.dynamo.DynamoListing;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPage;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.Each;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Inboxes in the table `notices`:
///
/// | userId | noticeId | attributes                                                       |
/// |--------|----------|------------------------------------------------------------------|
/// | usr_…  | ntc_…    | round, state (JSON), atKey, expiresAt, and while unread unreadOf |
///
/// `atKey` is the time, `#` and the id; `unreadOf` is the user, so that the index `by-unread` holds only what
/// is unread.
final class DynamoNotices implements Notices {

    private static final int MOST = 100;
    private static final int AT_ONCE = 8;
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Pattern CURSOR = Pattern.compile("[0-9TZ:.-]{30}#ntc_[0-9A-Z]{26}");

    private final DynamoDbClient client;
    private final DynamoOutbox outbox;
    private final DynamoDeliveries deliveries;
    private final String table;
    private final DynamoListing byTime;
    private final DynamoListing byUnread;

    DynamoNotices(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox, DynamoDeliveries deliveries) {
        this.client = client;
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.table = tables.name("notices");
        this.byTime = DynamoListing.ofIndex(client, table, "by-time", "userId", "atKey");
        this.byUnread = DynamoListing.ofIndex(client, table, "by-unread", "unreadOf", "atKey");
    }

    @Override
    public Optional<Notice> find(UserId user, NoticeId id) {
        return DynamoReads.item(client, table, key(user, id), "notice " + id).map(DynamoNotices::notice);
    }

    @Override
    public void add(Notice notice, List<Delivery> ways, List<Fact<?>> facts) {
        Map<String, AttributeValue> item = new HashMap<>(key(notice.userId(), notice.noticeId()));
        item.put("round", n(notice.round()));
        item.put("state", s(Json.MAPPER.writeValueAsString(notice)));
        item.put("atKey", s(sortable(notice.at()) + "#" + notice.noticeId()));
        item.put("unreadOf", s(notice.userId().value()));
        item.put("expiresAt", n(notice.at().plus(KEPT).getEpochSecond()));
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(notice.round() == 1 ? putNew(table, item, "noticeId") : putNext(table, item, "round"));
        ways.forEach(way -> items.add(deliveries.write(way)));
        outbox.commit(items, facts, "notice " + notice.noticeId());
    }

    @Override
    public void announce(List<Fact<?>> facts) {
        outbox.published(facts);
    }

    @Override
    public Slice of(UserId user, int limit, @Nullable String cursor) {
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            throw new IllegalArgumentException("no cursor");
        }
        DynamoPage<Entry> page = byTime.descending(user.value(), limit, cursor)
                .map(item -> new Entry(notice(item), !item.containsKey("unreadOf")));
        return new Slice(page.rows(), page.cursor());
    }

    @Override
    public int unread(UserId user) {
        return DynamoWrites.call(
                        "unread notices of " + user,
                        () -> client.query(query -> query.tableName(table)
                                .indexName("by-unread")
                                .select(Select.COUNT)
                                .limit(MOST)
                                .keyConditionExpression("unreadOf = :user")
                                .expressionAttributeValues(Map.of(":user", s(user.value())))))
                .count();
    }

    @Override
    public List<NoticeId> unread(UserId user, Instant upTo) {
        // Behind every id of that instant.
        String end = sortable(upTo) + "~";
        return byUnread.ascending(user.value(), MOST, null).rows().stream()
                .map(row -> text(row, "atKey"))
                .filter(key -> key.compareTo(end) < 0)
                .map(key -> new NoticeId(key.substring(key.indexOf('#') + 1)))
                .toList();
    }

    @Override
    public void read(UserId user, List<NoticeId> ids) {
        int _ = Each.of(ids, AT_ONCE, id -> read(user, id));
    }

    private boolean read(UserId user, NoticeId id) {
        return DynamoWrites.call("notice " + id, () -> {
            try {
                client.updateItem(update -> update.tableName(table)
                        .key(key(user, id))
                        .updateExpression("REMOVE unreadOf")
                        .conditionExpression("attribute_exists(noticeId)"));
                return true;
            } catch (ConditionalCheckFailedException _) {
                return false;
            }
        });
    }

    private static Notice notice(Map<String, AttributeValue> item) {
        return Json.MAPPER.readValue(text(item, "state"), Notice.class);
    }

    private static Map<String, AttributeValue> key(UserId user, NoticeId id) {
        return Map.of("userId", s(user.value()), "noticeId", s(id.value()));
    }
}
