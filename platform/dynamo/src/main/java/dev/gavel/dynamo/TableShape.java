package dev.gavel.dynamo;

import dev.gavel.events.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One table as `terraform/tables.json` declares it.
record TableShape(
        String name,
        Key hash,
        @Nullable Key range,
        List<Index> indexes,
        @Nullable String ttl) {

    /// An attribute that is part of a key; its type is S, N or B.
    record Key(String name, String type) {}

    /// A global secondary index; `projection` is ALL, KEYS_ONLY or a list of attributes.
    record Index(String name, Key hash, @Nullable Key range, JsonNode projection) {}

    TableShape {
        check(name, "the name of a table", name);
        check(name, hash, "hash");
        if (range != null) {
            check(name, range, "range");
        }
        indexes = indexes == null ? List.of() : List.copyOf(indexes);
        for (Index index : indexes) {
            check(name, "the name of an index", index.name());
            check(name, index.hash(), "hash of index " + index.name());
            if (index.range() != null) {
                check(name, index.range(), "range of index " + index.name());
            }
            projection(name, index);
        }
        keys(name, hash, range, indexes);
    }

    /// @throws IllegalStateException when the text does not declare tables; the message says where and what
    static Map<String, TableShape> read(String json) {
        try {
            Map<String, TableShape> tables = new LinkedHashMap<>();
            for (TableShape table : Json.STRICT.forType(TableShape[].class).<TableShape[]>readValue(json)) {
                if (tables.put(table.name(), table) != null) {
                    throw wrong(table.name(), "it is declared twice");
                }
            }
            return tables;
        } catch (JacksonException trouble) {
            throw trouble.getCause() instanceof IllegalStateException known
                    ? known
                    : new IllegalStateException("terraform/tables.json: " + trouble.getOriginalMessage(), trouble);
        }
    }

    /// Every attribute that is part of some key, with its type.
    Map<String, String> keys() {
        return keys(name, hash, range, indexes);
    }

    private static Map<String, String> keys(String table, Key hash, @Nullable Key range, List<Index> indexes) {
        List<Key> keys = new ArrayList<>(List.of(hash));
        if (range != null) {
            keys.add(range);
        }
        for (Index index : indexes) {
            keys.add(index.hash());
            if (index.range() != null) {
                keys.add(index.range());
            }
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (Key key : keys) {
            String other = types.put(key.name(), key.type());
            if (other != null && !other.equals(key.type())) {
                throw wrong(table, key.name() + " is declared as " + other + " and as " + key.type());
            }
        }
        return types;
    }

    private static void projection(String table, Index index) {
        JsonNode projection = index.projection();
        boolean fine = projection != null
                && (projection.isArray()
                        ? !projection.isEmpty() && projection.valueStream().allMatch(JsonNode::isString)
                        : List.of("ALL", "KEYS_ONLY").contains(projection.asString("")));
        if (!fine) {
            throw wrong(
                    table,
                    "the projection of index " + index.name()
                            + " must be \"ALL\", \"KEYS_ONLY\" or a list of attributes");
        }
    }

    private static void check(String table, @Nullable Key key, String role) {
        if (key == null
                || key.name() == null
                || key.type() == null
                || !key.type().matches("[SNB]")) {
            throw wrong(table, role + " must be {\"name\": …, \"type\": \"S\", \"N\" or \"B\"}");
        }
    }

    private static void check(String table, String what, @Nullable String name) {
        if (name == null || !name.matches("[a-zA-Z0-9_.-]{3,128}")) {
            throw wrong(table, what + " needs 3 to 128 letters, digits, '_', '.' or '-'");
        }
    }

    private static IllegalStateException wrong(String table, String what) {
        return new IllegalStateException("terraform/tables.json, table " + table + ": " + what);
    }
}
