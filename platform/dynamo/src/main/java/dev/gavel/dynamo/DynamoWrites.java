package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;

import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// The one way to talk to DynamoDB: its failures become Gavel's. A lost race is `StaleWrite`: nothing was
/// written, load and decide again. Throttling, time limits, refused connections and errors of the server
/// are `Unavailable`: the write may or may not have happened. Everything else is a bug and stays as it
/// is.
public final class DynamoWrites {

    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";

    private DynamoWrites() {}

    /// A write for a transaction: puts the item where the condition holds, for example
    /// `attribute_not_exists(paidAt) AND total = :total`.
    ///
    /// @param values what the names with a colon in the condition stand for; may be empty
    public static TransactWriteItem put(
            String table, Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        return put(table, item, condition, Map.of(), values);
    }

    /// A write for a transaction: puts the item where there is none with its key.
    ///
    /// @param key the name of an attribute that every item of the table has, such as the hash key
    public static TransactWriteItem putNew(String table, Map<String, AttributeValue> item, String key) {
        return put(table, item, "attribute_not_exists(#key)", Map.of("#key", key), Map.of());
    }

    /// A write for a transaction: puts the item in place of the one it was decided on, whose counter is one
    /// less. So of two who decided on the same item only the first writes.
    ///
    /// @param counter the name of the attribute that counts the writes of an item, for example `writes`
    public static TransactWriteItem putNext(String table, Map<String, AttributeValue> item, String counter) {
        return put(
                table,
                item,
                "#counter = :decidedOn",
                Map.of("#counter", counter),
                Map.of(":decidedOn", n(number(item, counter) - 1)));
    }

    /// DynamoDB wants no map rather than an empty one.
    private static TransactWriteItem put(
            String table,
            Map<String, AttributeValue> item,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression(condition)
                        .expressionAttributeNames(names.isEmpty() ? null : names)
                        .expressionAttributeValues(values.isEmpty() ? null : values))
                .build();
    }

    /// Writes all items or none.
    ///
    /// @param what names the thing in the message of a failure, for example `auction auc_01…`
    public static void transact(DynamoDbClient client, List<TransactWriteItem> items, String what) {
        if (!attempt(client, items, what).isEmpty()) {
            throw new StaleWrite(what);
        }
    }

    /// Writes all items or none, and tells the places in the list of those whose condition did not hold:
    /// empty means that it was written. For when a condition that fails is a business "no", such as a
    /// name that is taken.
    public static List<Integer> attempt(DynamoDbClient client, List<TransactWriteItem> items, String what) {
        TransactWriteItemsRequest request =
                TransactWriteItemsRequest.builder().transactItems(items).build();
        return call(what, () -> {
            try {
                client.transactWriteItems(request);
                return List.of();
            } catch (TransactionCanceledException cancelled) {
                List<Integer> failed = places(cancelled, CONDITION);
                if (failed.isEmpty()) {
                    throw cancelled;
                }
                return failed;
            }
        });
    }

    /// Does one call, of whatever sort, with the failures of the client turned into Gavel's.
    ///
    /// @param what names the thing in the message of a failure
    public static <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (ConditionalCheckFailedException | TransactionConflictException _) {
            throw new StaleWrite(what);
        } catch (TransactionCanceledException cancelled) {
            throw cancelled(cancelled, what);
        } catch (TransactionInProgressException busy) {
            throw new Unavailable(what + ": DynamoDB is still at work on the same transaction", busy);
        } catch (ResourceNotFoundException missing) {
            throw new Unavailable(
                    what + ": a DynamoDB table or index is missing; check GAVEL_TABLE_PREFIX and terraform", missing);
        } catch (DynamoDbException failed) {
            throw failed.isThrottlingException() || failed.statusCode() >= 500
                    ? new Unavailable(what + ": DynamoDB is too busy or in trouble", failed)
                    : failed;
        } catch (SdkClientException failed) {
            throw new Unavailable(what + ": DynamoDB did not answer", failed);
        }
    }

    private static RuntimeException cancelled(TransactionCanceledException cancelled, String what) {
        if (!places(cancelled, CONDITION).isEmpty()
                || !places(cancelled, CONFLICT).isEmpty()) {
            return new StaleWrite(what);
        }
        boolean passing = cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch(
                        List.of("ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded")::contains);
        return passing ? new Unavailable(what + ": DynamoDB is too busy", cancelled) : cancelled;
    }

    private static List<Integer> places(TransactionCanceledException cancelled, String code) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < reasons.size(); place++) {
            if (code.equals(reasons.get(place).code())) {
                places.add(place);
            }
        }
        return List.copyOf(places);
    }
}
