package dev.gavel.dynamo;

import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The tables of `terraform/tables.json`, which comes with this module: their real names, and for tests
/// and the local platform a way to make and remove them. In AWS, Terraform makes them.
public final class DynamoTables {

    private final String prefix;
    private final Map<String, TableShape> shapes;

    private DynamoTables(String prefix, Map<String, TableShape> shapes) {
        this.prefix = prefix;
        this.shapes = shapes;
    }

    /// The declared tables, each with the prefix before its name.
    ///
    /// @throws IllegalStateException when `tables.json` is missing or wrong; the message says where
    public static DynamoTables of(String prefix) {
        return of(prefix, declaration());
    }

    /// The declared tables with the prefix that `GAVEL_TABLE_PREFIX` sets, which is `gavel-` when nothing
    /// does.
    public static DynamoTables of(Settings settings) {
        return of(DynamoSettings.tablePrefix(settings));
    }

    static DynamoTables of(String prefix, String json) {
        if (!prefix.matches("[a-zA-Z0-9_.-]{0,64}")) {
            throw new IllegalArgumentException(
                    "GAVEL_TABLE_PREFIX may have up to 64 letters, digits, '_', '.' and '-', but is " + prefix);
        }
        return new DynamoTables(prefix, TableShape.read(json));
    }

    /// The names of all tables without the prefix, in the order of declaration.
    public Set<String> declared() {
        return Set.copyOf(shapes.keySet());
    }

    /// The real name of a table.
    ///
    /// @throws IllegalArgumentException when `terraform/tables.json` declares no such table
    public String name(String table) {
        if (!shapes.containsKey(table)) {
            throw new IllegalArgumentException(
                    "terraform/tables.json declares no table " + table + ", only " + shapes.keySet());
        }
        return prefix + table;
    }

    /// Makes the tables that are not there yet, with their indexes and times to live, and returns when
    /// all take requests, at most after 60 seconds. Doing it again changes nothing.
    ///
    /// @throws IllegalStateException when a table is there with other keys or indexes
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public void create(DynamoDbClient client) {
        new DynamoSchema(client, this::name).create(List.copyOf(shapes.values()));
    }

    /// Makes only these tables, for tests that need few.
    public void create(DynamoDbClient client, String... tables) {
        new DynamoSchema(client, this::name)
                .create(List.of(tables).stream()
                        .peek(this::name)
                        .map(shapes::get)
                        .toList());
    }

    /// Removes the tables and everything in them. For tests.
    public void delete(DynamoDbClient client) {
        new DynamoSchema(client, this::name).delete(List.copyOf(shapes.values()));
    }

    private static String declaration() {
        try (InputStream json = DynamoTables.class.getResourceAsStream("tables.json")) {
            if (json == null) {
                throw new IllegalStateException(
                        "terraform/tables.json is not in the jar of gavel-dynamo: build it again");
            }
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
