package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Lists of items in a table or one of its indexes, read page by page: items that share a hash key make a
/// list, and the range key, a text of which no two in a list are the same, is their order and the cursor. A
/// cursor comes back from outside: check that it looks like a range key before it gets here.
public final class DynamoListing {

    private final DynamoDbClient client;
    private final String table;
    private final @Nullable String index;
    private final String hash;
    private final String range;

    private DynamoListing(DynamoDbClient client, String table, @Nullable String index, String hash, String range) {
        this.client = client;
        this.table = table;
        this.index = index;
        this.hash = hash;
        this.range = range;
    }

    /// Lists by the own key of a table, which show every write at once.
    public static DynamoListing ofTable(DynamoDbClient client, String table, String hash, String range) {
        return new DynamoListing(client, table, null, hash, range);
    }

    /// Lists by an index, which shows a write a little later; rows have the attributes the index carries.
    public static DynamoListing ofIndex(DynamoDbClient client, String table, String index, String hash, String range) {
        return new DynamoListing(client, table, index, hash, range);
    }

    /// Up to `limit` items of the list, from the smallest range key up: those above the cursor if there is
    /// one.
    ///
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public DynamoPage<Map<String, AttributeValue>> ascending(String list, int limit, @Nullable String cursor) {
        return page(list, limit, true, cursor);
    }

    /// Up to `limit` items of the list, from the largest range key down, so that what has a later time in it
    /// comes first: those below the cursor if there is one.
    ///
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public DynamoPage<Map<String, AttributeValue>> descending(String list, int limit, @Nullable String cursor) {
        return page(list, limit, false, cursor);
    }

    /// How many items of the list have a range key from one up to another; at least so many when there are more than
    /// fit in the pages of 1 MB.
    ///
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public int count(String list, String from, String to, int pages) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .consistentRead(index == null)
                .select(Select.COUNT)
                .keyConditionExpression("#hash = :list AND #range BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#hash", hash, "#range", range))
                .expressionAttributeValues(Map.of(":list", s(list), ":from", s(from), ":to", s(to)));
        int count = 0;
        for (int page = 0; page < pages; page++) {
            QueryResponse answer =
                    DynamoWrites.call("counting " + list + " in " + table, () -> client.query(query.build()));
            count += answer.count();
            if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
                break;
            }
            query.exclusiveStartKey(answer.lastEvaluatedKey());
        }
        return count;
    }

    private DynamoPage<Map<String, AttributeValue>> page(
            String list, int limit, boolean ascending, @Nullable String cursor) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least 1 item, not " + limit);
        }
        Map<String, String> names = new HashMap<>(Map.of("#hash", hash));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":list", s(list)));
        String condition = "#hash = :list";
        if (cursor != null) {
            names.put("#range", range);
            values.put(":cursor", s(cursor));
            condition += ascending ? " AND #range > :cursor" : " AND #range < :cursor";
        }
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .consistentRead(index == null)
                .scanIndexForward(ascending)
                // One more than wanted tells whether there is another page.
                .limit(limit + 1)
                .keyConditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
        QueryResponse answer = DynamoWrites.call(
                "a list of " + list + " in " + table + (index == null ? "" : " " + index), () -> client.query(query));
        List<Map<String, AttributeValue>> rows =
                answer.items().stream().limit(limit).toList();
        // An answer of 1 MB ends early and says so.
        boolean more = !answer.lastEvaluatedKey().isEmpty() || answer.items().size() > limit;
        return new DynamoPage<>(rows, more && !rows.isEmpty() ? text(rows.getLast(), range) : null);
    }
}
