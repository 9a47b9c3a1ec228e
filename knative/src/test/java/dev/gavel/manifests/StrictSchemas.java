package dev.gavel.manifests;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of custom resources, made strict: a field the schema does not name is an error, where an API
/// server would silently drop it. Only where the schema says `x-kubernetes-preserve-unknown-fields`
/// anything may stand.
final class StrictSchemas {

    /// What Kubernetes knows by itself; [StrictModels] looks at these.
    private static final Set<String> BUILT_IN = Set.of(
            "v1 ConfigMap",
            "v1 Namespace",
            "v1 Service",
            "v1 ServiceAccount",
            "apps/v1 Deployment",
            "networking.k8s.io/v1 NetworkPolicy",
            "policy/v1 PodDisruptionBudget");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Map<String, Schema> schemas = new HashMap<>();

    private StrictSchemas() {}

    /// Reads every CustomResourceDefinition in the YAML files of a folder.
    static StrictSchemas read(Path folder) {
        StrictSchemas strict = new StrictSchemas();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Tree.parse(file.toString(), Files.readString(file)).forEach(strict::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return strict;
    }

    /// What the schemas refuse in a document, one sentence each; a document without a schema is refused,
    /// too.
    List<String> problems(Document document) {
        String kind = document.group() + " " + document.kind();
        Schema schema = schemas.get(kind);
        if (schema == null) {
            return BUILT_IN.contains(kind) ? List.of() : List.of(document.where() + ": no schema for " + kind);
        }
        return schema.validate(document.content()).stream()
                .map(error -> document.where() + ": " + error)
                .toList();
    }

    private void add(Document crd) {
        if (!crd.kind().equals("CustomResourceDefinition")) {
            return;
        }
        for (JsonNode version : crd.content().at("/spec/versions")) {
            if (version.at("/schema/openAPIV3Schema").deepCopy() instanceof ObjectNode root) {
                strict(root);
                for (String everywhere : List.of("apiVersion", "kind", "metadata")) {
                    if (root.get("properties") instanceof ObjectNode properties && !properties.has(everywhere)) {
                        properties.putObject(everywhere);
                    }
                }
                String group =
                        crd.text("/spec/group") + "/" + version.path("name").asString();
                schemas.put(group + " " + crd.text("/spec/names/kind"), REGISTRY.getSchema(root));
            }
        }
    }

    private static void strict(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        if (object.path("x-kubernetes-int-or-string").asBoolean(false)) {
            ArrayNode types = object.putArray("type");
            types.add("integer").add("string");
            object.remove("anyOf");
        }
        if (object.path("properties") instanceof ObjectNode properties) {
            if (!open && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            properties.values().forEach(StrictSchemas::strict);
        }
        strict(object.path("items"));
        strict(object.path("additionalProperties"));
    }
}
