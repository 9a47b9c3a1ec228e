package dev.gavel.live;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `asyncapi.yaml`, read more strictly than clients should: a member it does not name is an error here.
final class Protocol {

    static final String FRAME = "frame";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/$defs/";
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "type",
            "const",
            "enum",
            "required",
            "properties",
            "items",
            "oneOf",
            "if",
            "then",
            "else",
            "pattern",
            "format",
            "minimum",
            "minLength",
            "maxLength",
            "minItems",
            "description");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode document;
    private final Map<String, Schema> schemas = new HashMap<>();

    Protocol(JsonNode document) {
        this.document = document.deepCopy();
        ObjectNode definitions = new YAMLMapper().createObjectNode();
        this.document.at("/components/schemas").forEachEntry((name, schema) -> {
            strict(name, schema.path("schema"));
            definitions.set(name, schema.path("schema"));
        });
        for (JsonNode message : this.document.at("/components/messages")) {
            String name = message.at("/payload/$ref").asString().replace(SCHEMAS, "");
            if (!definitions.has(name)) {
                throw new AssertionError(message + " refers to no schema");
            }
            ObjectNode root = new YAMLMapper().createObjectNode();
            root.put("$ref", DEFINITIONS + name);
            root.set("$defs", definitions);
            schemas.put(message.path("name").asString(), REGISTRY.getSchema(root));
        }
    }

    static JsonNode document() {
        return new YAMLMapper().readTree(Path.of("asyncapi.yaml"));
    }

    private static void strict(String name, JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        Set<String> unknown = new TreeSet<>(object.propertyNames());
        unknown.removeAll(KEYWORDS);
        if (!unknown.isEmpty()) {
            throw new AssertionError("The schema of " + name + " has keywords that mean nothing: " + unknown);
        }
        if (object.has("$ref")) {
            object.put(
                    "$ref",
                    object.path("$ref").asString().replace(SCHEMAS, DEFINITIONS).replaceFirst("/schema$", ""));
        }
        if (object.path("properties") instanceof ObjectNode properties) {
            object.put("additionalProperties", false);
            properties.values().forEach(member -> strict(name, member));
        }
        object.path("oneOf").forEach(one -> strict(name, one));
        strict(name, object.path("items"));
    }

    /// The types of all messages; a frame has none.
    Set<String> types() {
        Set<String> types = new TreeSet<>(schemas.keySet());
        types.remove(FRAME);
        return types;
    }

    /// The types of the messages that a channel lists.
    Set<String> types(String channel) {
        Set<String> types = new TreeSet<>();
        for (JsonNode message : document.path("channels").path(channel).path("messages")) {
            types.add(document.at(message.path("$ref").asString().substring(1) + "/name")
                    .asString());
        }
        return types;
    }

    Set<String> errorCodes() {
        Set<String> codes = new TreeSet<>();
        document.at("/components/schemas/Error/schema/properties/code/enum")
                .forEach(code -> codes.add(code.asString()));
        return codes;
    }

    Set<String> closeCodes() {
        return new TreeSet<>(document.at("/channels/live/x-close-codes").propertyNames());
    }

    JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name).path("schema");
    }

    /// What is wrong with a message, one sentence each.
    List<String> problems(JsonNode message) {
        return problems(message.path("type").asString("none"), message);
    }

    List<String> problems(String name, JsonNode content) {
        Schema schema = schemas.get(name);
        if (schema == null) {
            return List.of(name + " is not in the document: " + content);
        }
        return schema.validate(content).stream()
                .map(error -> name + ": " + error + " in " + content)
                .toList();
    }
}
