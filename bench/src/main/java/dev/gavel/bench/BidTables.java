package dev.gavel.bench;

import static dev.gavel.bench.BidStub.text;

import dev.gavel.events.Json;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// As much of DynamoDB as a bid needs, in memory: any auction asked for is there, as one that
/// `open-auction` has written before and nobody has bid on. A transaction counts only when it writes the
/// next version on condition of the one before, the bid on condition that it is not there, and the fact.
final class BidTables {

    private static final String AUCTIONS = BidStub.PREFIX + "auctions";
    private static final String OUTBOX = BidStub.PREFIX + "outbox";

    /// @param fault what nobody may do who does the work
    record Answer(int status, String body, @Nullable String fault) {

        static Answer of(String body) {
            return new Answer(200, body, null);
        }

        static Answer refused(String type, @Nullable String fault) {
            return new Answer(
                    400,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"refused\"}".formatted(type),
                    fault);
        }
    }

    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private volatile String model = "";
    private volatile String modelId = "";
    private volatile String modelVersion = "";

    void forget() {
        read.clear();
        written.clear();
    }

    boolean wasRead(String auction) {
        return read.contains(auction);
    }

    boolean wasWritten(String auction) {
        return written.contains(auction);
    }

    Answer answer(String operation, JsonNode request) {
        return switch (operation) {
            case "GetItem" -> Answer.of(item(request));
            case "TransactWriteItems" -> transaction(request.path("TransactItems"));
            case "Query" -> Answer.of("{\"Items\":[],\"Count\":0}");
            case "BatchWriteItem" -> Answer.of("{\"UnprocessedItems\":{}}");
            // What open-auction writes besides, so that a repeated request is known.
            case "PutItem", "UpdateItem", "DeleteItem" -> Answer.of("{}");
            default -> Answer.refused("UnknownOperationException", operation + " is not asked for by a bid");
        };
    }

    private String item(JsonNode request) {
        String auction = text(request, "Key", "auctionId", "S");
        if (!text(request, "TableName").equals(AUCTIONS)
                || !text(request, "Key", "part", "S").equals("head")
                || !request.path("ConsistentRead").asBoolean(false)
                || model.isEmpty()) {
            return "{}";
        }
        read.add(auction);
        return "{\"Item\":" + model.replace(modelId, auction) + "}";
    }

    private Answer transaction(JsonNode items) {
        JsonNode head = put(items, AUCTIONS, "head");
        if (text(head, "ConditionExpression").startsWith("attribute_not_exists")) {
            open(head.path("Item"));
            return Answer.of("{}");
        }
        String auction = text(head, "Item", "auctionId", "S");
        JsonNode page = put(items, AUCTIONS, "page#");
        boolean conditional = text(head, "ConditionExpression").equals("#counter = :decidedOn")
                && text(head, "ExpressionAttributeNames", "#counter").equals("version")
                && text(page, "ConditionExpression").equals("attribute_not_exists(#key)");
        boolean whole = !text(page, "Item", "bids", "S").isEmpty()
                && text(page, "Item", "auctionId", "S").equals(auction)
                && text(put(items, OUTBOX, ""), "Item", "subject", "S").equals(auction);
        if (!conditional || !whole) {
            return Answer.refused("ValidationException", "it wrote a bid without its conditions or its fact");
        }
        boolean next =
                text(head, "ExpressionAttributeValues", ":decidedOn", "N").equals(modelVersion)
                        && text(head, "Item", "version", "N").equals(Long.toString(Long.parseLong(modelVersion) + 1));
        if (!next || !written.add(auction)) {
            return Answer.refused("TransactionCanceledException", "it wrote over what somebody else has written");
        }
        return Answer.of("{}");
    }

    private void open(JsonNode item) {
        modelId = text(item, "auctionId", "S");
        modelVersion = text(item, "version", "N");
        model = Json.MAPPER.writeValueAsString(item);
    }

    private static JsonNode put(JsonNode items, String table, String part) {
        for (JsonNode item : items) {
            JsonNode put = item.path("Put");
            if (text(put, "TableName").equals(table)
                    && text(put, "Item", "part", "S").startsWith(part)) {
                return put;
            }
        }
        return Json.MAPPER.createObjectNode();
    }
}
