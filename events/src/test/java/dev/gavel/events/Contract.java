package dev.gavel.events;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The written side of the contract: schemas, samples and `asyncapi.yaml`, as the tests read them.
final class Contract {

    static final String BASE = "https://gavel.dev/schemas/";
    static final Path SAMPLES = Path.of("src/test/resources/samples");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private Contract() {}

    /// The place of an event's schema below `schemas/`.
    static String schemaPath(Class<?> event) {
        return EventCatalog.schema(event).substring(BASE.length()) + ".json";
    }

    static JsonNode schemaDocument(Class<?> event) {
        String name = "/schemas/" + schemaPath(event);
        try (InputStream schema = Contract.class.getResourceAsStream(name)) {
            if (schema == null) {
                throw new AssertionError(event.getSimpleName() + " needs the schema src/main/resources" + name);
            }
            return Json.MAPPER.readTree(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema schema(JsonNode document) {
        return SCHEMAS.getSchema(document);
    }

    /// The schema that a JSON Schema of draft 2020-12 must itself obey.
    static Schema metaSchema() {
        return SCHEMAS.getSchema("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}");
    }

    static List<Path> samples(Class<?> event) {
        return jsonFiles(SAMPLES.resolve(EventCatalog.type(event)));
    }

    static List<Path> jsonFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        return Json.MAPPER.readTree(file);
    }

    static JsonNode asyncApi() {
        return new YAMLMapper().readTree(Path.of("asyncapi.yaml"));
    }
}
