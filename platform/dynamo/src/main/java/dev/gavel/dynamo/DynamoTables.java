package dev.gavel.dynamo;

import dev.gavel.events.JsonStreams;
import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The tables of `terraform/tables.json`, which comes with this module: their real names, and for tests
/// and the local platform a way to make and remove them. In AWS, Terraform makes them.
public final class DynamoTables {

    private final String prefix;
    private final Set<String> names;
    private final Supplier<Map<String, TableShape>> shapes;

    private DynamoTables(String prefix, Set<String> names, Supplier<Map<String, TableShape>> shapes) {
        if (!prefix.matches("[a-zA-Z0-9_.-]{0,64}")) {
            throw new IllegalArgumentException(
                    "GAVEL_TABLE_PREFIX may have up to 64 letters, digits, '_', '.' and '-', but is " + prefix);
        }
        this.prefix = prefix;
        this.names = names;
        this.shapes = shapes;
    }

    /// The declared tables, each with the prefix before its name. Only the names are read: what else is declared is
    /// looked at when tables are made, which a function that starts never does.
    ///
    /// @throws IllegalStateException when `tables.json` is missing
    public static DynamoTables of(String prefix) {
        String json = declaration();
        return new DynamoTables(prefix, names(json), () -> TableShape.read(json));
    }

    /// The declared tables with the prefix that `GAVEL_TABLE_PREFIX` sets, which is `gavel-` when nothing
    /// does.
    public static DynamoTables of(Settings settings) {
        return of(DynamoSettings.tablePrefix(settings));
    }

    /// @throws IllegalStateException when the declaration is wrong; the message says where
    static DynamoTables of(String prefix, String json) {
        Map<String, TableShape> shapes = TableShape.read(json);
        return new DynamoTables(prefix, shapes.keySet(), () -> shapes);
    }

    private static Set<String> names(String json) {
        Set<String> names = new LinkedHashSet<>();
        try (JsonParser tables = JsonStreams.parser(json)) {
            tables.nextToken();
            while (tables.nextToken() == JsonToken.START_OBJECT) {
                while (tables.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean name = tables.currentName().equals("name");
                    tables.nextToken();
                    if (name) {
                        names.add(tables.getString());
                    }
                    tables.skipChildren();
                }
            }
        }
        return names;
    }

    /// The names of all tables without the prefix, in the order of declaration.
    public Set<String> declared() {
        return Set.copyOf(names);
    }

    /// The real name of a table.
    ///
    /// @throws IllegalArgumentException when `terraform/tables.json` declares no such table
    public String name(String table) {
        if (!names.contains(table)) {
            throw new IllegalArgumentException("terraform/tables.json declares no table " + table + ", only " + names);
        }
        return prefix + table;
    }

    /// Makes the tables that are not there yet, with their indexes and times to live, and returns when
    /// all take requests, at most after 60 seconds. Doing it again changes nothing.
    ///
    /// @throws IllegalStateException when a table is there with other keys or indexes
    /// @throws dev.gavel.kernel.Unavailable when DynamoDB does not answer
    public void create(DynamoDbClient client) {
        new DynamoSchema(client, this::name).create(List.copyOf(shapes.get().values()));
    }

    /// Makes only these tables, for tests that need few.
    public void create(DynamoDbClient client, String... tables) {
        new DynamoSchema(client, this::name)
                .create(List.of(tables).stream()
                        .peek(this::name)
                        .map(shapes.get()::get)
                        .toList());
    }

    /// Removes the tables and everything in them. For tests.
    public void delete(DynamoDbClient client) {
        new DynamoSchema(client, this::name).delete(List.copyOf(shapes.get().values()));
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
