package dev.gavel.dynamo;

import dev.gavel.kernel.Unavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import tools.jackson.databind.JsonNode;

/// Brings declared tables into being and removes them again.
final class DynamoSchema {

    private static final int POLLS = 600;
    private static final int POLL_MILLIS = 100;

    private final DynamoDbClient client;
    private final UnaryOperator<String> names;

    DynamoSchema(DynamoDbClient client, UnaryOperator<String> names) {
        this.client = client;
        this.names = names;
    }

    void create(List<TableShape> tables) {
        for (TableShape table : tables) {
            DynamoWrites.call("creating table " + name(table), () -> {
                if (find(table) == null) {
                    createUnlessThere(table);
                }
                return true;
            });
        }
        for (TableShape table : tables) {
            DynamoWrites.call("waiting for table " + name(table), () -> {
                agree(table, awaitActive(table));
                timeToLive(table);
                return true;
            });
        }
    }

    void delete(List<TableShape> tables) {
        for (TableShape table : tables) {
            DynamoWrites.call("deleting table " + name(table), () -> {
                try {
                    client.deleteTable(request -> request.tableName(name(table)));
                } catch (ResourceNotFoundException _) {
                    return false;
                }
                return true;
            });
        }
    }

    private void createUnlessThere(TableShape table) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        table.keys()
                .forEach((name, type) -> attributes.add(AttributeDefinition.builder()
                        .attributeName(name)
                        .attributeType(type)
                        .build()));
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name(table))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keySchema(table.hash(), table.range()));
        if (!table.indexes().isEmpty()) {
            request.globalSecondaryIndexes(
                    table.indexes().stream().map(DynamoSchema::index).toList());
        }
        try {
            client.createTable(request.build());
        } catch (ResourceInUseException _) {
            // Somebody else made it between our look and our call, which is just as good.
            find(table);
        }
    }

    private TableDescription awaitActive(TableShape table) {
        for (int poll = 0; poll < POLLS; poll++) {
            TableDescription found = find(table);
            if (found != null
                    && found.tableStatus() == TableStatus.ACTIVE
                    && found.globalSecondaryIndexes().stream()
                            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE)) {
                return found;
            }
            pause();
        }
        throw new Unavailable("table " + name(table) + " did not become active in time");
    }

    private void agree(TableShape table, TableDescription found) {
        Set<String> wanted = new HashSet<>(Set.of(keys("", keySchema(table.hash(), table.range()))));
        table.indexes().forEach(index -> wanted.add(keys(index.name(), keySchema(index.hash(), index.range()))));
        Set<String> there = new HashSet<>(Set.of(keys("", found.keySchema())));
        for (GlobalSecondaryIndexDescription index : found.globalSecondaryIndexes()) {
            there.add(keys(index.indexName(), index.keySchema()));
        }
        if (!wanted.equals(there)) {
            throw new IllegalStateException("table " + name(table) + " is there with other keys or indexes than"
                    + " terraform/tables.json declares; it has " + there + " and should have " + wanted
                    + ": delete it or choose another GAVEL_TABLE_PREFIX");
        }
    }

    private void timeToLive(TableShape table) {
        if (table.ttl() == null || expires(table)) {
            return;
        }
        try {
            client.updateTimeToLive(request -> request.tableName(name(table))
                    .timeToLiveSpecification(
                            ttl -> ttl.attributeName(table.ttl()).enabled(true)));
        } catch (DynamoDbException refused) {
            // That it is on already is an error there; here somebody else was only faster.
            if (!expires(table)) {
                throw refused;
            }
        }
    }

    private boolean expires(TableShape table) {
        TimeToLiveStatus status = client.describeTimeToLive(request -> request.tableName(name(table)))
                .timeToLiveDescription()
                .timeToLiveStatus();
        return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
    }

    private @Nullable TableDescription find(TableShape table) {
        try {
            return client.describeTable(request -> request.tableName(name(table)))
                    .table();
        } catch (ResourceNotFoundException _) {
            return null;
        }
    }

    private String name(TableShape table) {
        return names.apply(table.name());
    }

    private static GlobalSecondaryIndex index(TableShape.Index index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(keySchema(index.hash(), index.range()))
                .projection(projection(index.projection()))
                .build();
    }

    private static Projection projection(JsonNode declared) {
        return declared.isArray()
                ? Projection.builder()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(
                                declared.valueStream().map(JsonNode::asString).toList())
                        .build()
                : Projection.builder().projectionType(declared.asString()).build();
    }

    private static List<KeySchemaElement> keySchema(TableShape.Key hash, TableShape.@Nullable Key range) {
        List<KeySchemaElement> schema = new ArrayList<>();
        schema.add(KeySchemaElement.builder()
                .attributeName(hash.name())
                .keyType(KeyType.HASH)
                .build());
        if (range != null) {
            schema.add(KeySchemaElement.builder()
                    .attributeName(range.name())
                    .keyType(KeyType.RANGE)
                    .build());
        }
        return schema;
    }

    private static String keys(String index, List<KeySchemaElement> schema) {
        return index
                + schema.stream()
                        .map(key -> key.attributeName() + ":" + key.keyTypeAsString())
                        .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for a table");
        }
    }
}
