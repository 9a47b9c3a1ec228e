package dev.gavel.manifests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The ConfigMaps a kustomization generates, and the hashes at the end of their names.
final class GeneratedMaps {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> KNOWN = Set.of("name", "namespace", "behavior", "envs", "files", "options");
    private static final Set<String> OPTIONS_KNOWN = Set.of("disableNameSuffixHash", "labels", "annotations");
    /// Where Kustomize finds the names of ConfigMaps without being told.
    private static final List<String> DEPLOYMENT = List.of("spec/template/spec/containers/envFrom/configMapRef/name");

    private final Map<String, String> texts;
    private final String file;
    private final List<String> problems;

    GeneratedMaps(Map<String, String> texts, String file, List<String> problems) {
        this.texts = texts;
        this.file = file;
        this.problems = problems;
    }

    void generate(JsonNode generator, JsonNode everywhere, List<Kustomize.Made> made) {
        unknown(generator, KNOWN);
        unknown(generator.path("options"), OPTIONS_KNOWN);
        unknown(everywhere, OPTIONS_KNOWN);
        Map<String, String> data = new TreeMap<>();
        generator.path("envs").forEach(env -> settings(beside(env.asString("")), data));
        generator.path("files").forEach(entry -> {
            String[] named = entry.asString("").split("=", 2);
            String path = beside(named[named.length - 1]);
            data.put(named.length == 2 ? named[0] : path.substring(path.lastIndexOf('/') + 1), text(path));
        });
        String name = generator.path("name").asString("");
        if (generator.path("behavior").asString("create").equals("merge")) {
            made.stream()
                    .filter(one -> one.kind().equals("ConfigMap") && one.name().equals(name))
                    .findFirst()
                    .map(one -> (ObjectNode) one.content.path("data"))
                    .ifPresentOrElse(
                            existing -> data.forEach(existing::put),
                            () -> problems.add(file + " adds to the ConfigMap " + name + ", which is not there"));
            return;
        }
        ObjectNode content = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = content.putObject("metadata").put("name", name);
        if (generator.has("namespace")) {
            metadata.put("namespace", generator.path("namespace").asString(""));
        }
        for (String field : List.of("labels", "annotations")) {
            for (JsonNode options : List.of(everywhere, generator.path("options"))) {
                options.path(field)
                        .forEachEntry((key, value) ->
                                metadata.withObjectProperty(field).set(key, value));
            }
        }
        ObjectNode members = content.putObject("data");
        data.forEach(members::put);
        boolean plain = everywhere.path("disableNameSuffixHash").asBoolean(false)
                || generator.at("/options/disableNameSuffixHash").asBoolean(false);
        made.add(new Kustomize.Made(file, content, !plain));
    }

    /// Gives every generated ConfigMap the name with its hash, here and wherever it is named.
    static void rename(List<Kustomize.Made> made, List<JsonNode> references) {
        Map<String, String> renamed = new HashMap<>();
        for (Kustomize.Made one : made) {
            if (one.hashed) {
                String hashed = one.name() + "-" + hash(one.content);
                renamed.put(one.name(), hashed);
                ((ObjectNode) one.content.path("metadata")).put("name", hashed);
            }
        }
        for (Kustomize.Made one : made) {
            List<String> paths = new ArrayList<>();
            if (one.kind().equals("Deployment")) {
                paths.addAll(DEPLOYMENT);
            }
            for (JsonNode reference : references) {
                for (JsonNode field : reference.path("fieldSpecs")) {
                    if (field.path("kind").asString("").equals(one.kind())
                            && one.content
                                    .path("apiVersion")
                                    .asString("")
                                    .startsWith(field.path("group").asString("") + "/")) {
                        paths.add(field.path("path").asString(""));
                    }
                }
            }
            paths.forEach(path -> refer(one.content, List.of(path.split("/")), renamed));
        }
    }

    private static void refer(JsonNode node, List<String> path, Map<String, String> renamed) {
        if (node.isArray()) {
            node.forEach(item -> refer(item, path, renamed));
        } else if (path.size() > 1) {
            refer(node.path(path.getFirst()), path.subList(1, path.size()), renamed);
        } else if (node instanceof ObjectNode object && object.has(path.getFirst())) {
            String name = object.path(path.getFirst()).asString("");
            object.put(path.getFirst(), renamed.getOrDefault(name, name));
        }
    }

    /// Kustomize's own: SHA-256 of the JSON with sorted keys, ten digits of it, without vowels and such. It also has
    /// the member `name`, but looks for it in the wrong place, so that it is empty.
    static String hash(JsonNode configMap) {
        Map<String, Object> encoded = new TreeMap<>();
        Map<String, String> data = new TreeMap<>();
        configMap.path("data").forEachEntry((key, value) -> data.put(key, value.asString("")));
        encoded.put("data", data);
        encoded.put("kind", "ConfigMap");
        encoded.put("name", "");
        String json = JSON.writeValueAsString(encoded)
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest)
                    .substring(0, 10)
                    .replace('0', 'g')
                    .replace('1', 'h')
                    .replace('3', 'k')
                    .replace('a', 'm')
                    .replace('e', 't');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void settings(String path, Map<String, String> data) {
        for (String line : text(path).lines().toList()) {
            int equals = line.indexOf('=');
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (equals < 1 || data.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
                problems.add(path + " must say NAME=value, and each name once: " + line);
            }
        }
    }

    private String text(String path) {
        if (!texts.containsKey(path)) {
            problems.add(file + " reads " + path + ", which is not there");
        }
        return texts.getOrDefault(path, "");
    }

    private String beside(String name) {
        return file.substring(0, file.lastIndexOf('/') + 1) + name;
    }

    private void unknown(JsonNode content, Set<String> known) {
        Set<String> fields = new TreeSet<>(content.propertyNames());
        fields.removeAll(known);
        if (!fields.isEmpty()) {
            problems.add(file + " says " + fields + ", which this renderer does not know");
        }
    }
}
