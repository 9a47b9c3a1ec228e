package dev.gavel.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The manifests as one environment gets them: the text of each file by its relative path, the documents an overlay
/// makes of them, each with the file it came from, and what went wrong on the way.
record Tree(String overlay, Map<String, String> texts, List<Document> documents, List<String> problems) {

    /// Beside this folder, as operators have it to themselves.
    static final String SCALERS = "keda";

    static final String OVERLAYS = "overlays/";

    private static final List<String> FOLDERS = List.of(
            "base",
            "components",
            "edge",
            "functions",
            "gateway",
            "live",
            "monitoring",
            "overlays",
            "relay",
            "security",
            "../" + SCALERS);

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /// Reads all that overlays are made of; paths begin with the folder, that of the scalers with `keda/`.
    static Map<String, String> read(Path root) {
        Map<String, String> texts = new TreeMap<>();
        for (String folder : FOLDERS) {
            if (Files.isDirectory(root.resolve(folder))) {
                read(root, folder, texts);
            }
        }
        return texts;
    }

    private static void read(Path root, String folder, Map<String, String> texts) {
        // Deeper down, the scalers' folder has tunings to compare with.
        int depth = folder.endsWith(SCALERS) ? 1 : Integer.MAX_VALUE;
        try (Stream<Path> files = Files.walk(root.resolve(folder), depth)) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(yaml|env|json)"))
                    .toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                texts.put(path.startsWith("../") ? path.substring(3) : path, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of all overlays.
    static List<String> overlays(Map<String, String> texts) {
        return texts.keySet().stream()
                .filter(file -> file.matches(OVERLAYS + "[^/]+/kustomization\\.yaml"))
                .map(file -> file.split("/")[1])
                .toList();
    }

    static Tree render(String overlay, Map<String, String> texts) {
        Kustomize rendered = Kustomize.render(texts, OVERLAYS + overlay);
        return new Tree(overlay, texts, rendered.documents(), rendered.problems());
    }

    /// The same overlay of other texts.
    Tree with(Map<String, String> others) {
        return render(overlay, others);
    }

    /// Whether it is the environment where a lost machine and a cold start do not matter.
    boolean small() {
        return overlay.equals("dev");
    }

    static List<Document> parse(String file, String text) {
        List<Document> documents = new ArrayList<>();
        try (var found = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (found.hasNext()) {
                JsonNode content = found.next();
                if (!content.isObject()) {
                    throw new IllegalArgumentException(file + " has a document that is no object");
                }
                documents.add(new Document(file, content));
            }
        }
        return documents;
    }

    /// One value of any form, such as a list of operations.
    static JsonNode yaml(String file, String text) {
        JsonNode value = YAML.readTree(text);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException(file + " has an empty text where YAML is expected");
        }
        return value;
    }

    List<Document> all(String kind) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .toList();
    }

    /// The Knative Services; Kubernetes has a kind of the same name.
    List<Document> services() {
        return all("Service").stream()
                .filter(document -> document.group().startsWith("serving.knative.dev/"))
                .toList();
    }

    /// The Services of Kubernetes itself.
    List<Document> plainServices() {
        return all("Service").stream()
                .filter(document -> document.group().equals("v1"))
                .toList();
    }

    /// What runs: Knative Services and Deployments.
    List<Document> workloads() {
        return Stream.concat(services().stream(), all("Deployment").stream()).toList();
    }

    Optional<Document> find(String kind, String name) {
        return all(kind).stream()
                .filter(document -> document.name().equals(name))
                .findFirst();
    }

    /// The variables a workload's container has a value for: those of the ConfigMaps it names, then its own; what
    /// comes of a Secret is `secret`.
    Map<String, String> environment(Document workload) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode source : workload.content().at(ServiceChecks.CONTAINER + "/envFrom")) {
            find("ConfigMap", source.at("/configMapRef/name").asString(""))
                    .ifPresent(map -> map.content()
                            .path("data")
                            .forEachEntry((name, value) -> environment.put(name, value.asString(""))));
        }
        environment.putAll(variables(workload));
        return environment;
    }

    /// The variables the workload's own document names.
    static Map<String, String> variables(Document workload) {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode variable : workload.content().at(ServiceChecks.CONTAINER + "/env")) {
            variables.put(
                    variable.path("name").asString(""), variable.path("value").asString("secret"));
        }
        return variables;
    }

    /// What the environment's settings say, or an empty text.
    String setting(String name) {
        return documents.stream()
                .filter(document ->
                        document.kind().equals("ConfigMap") && document.name().startsWith(SettingChecks.SETTINGS))
                .map(map -> map.content().path("data").path(name).asString(""))
                .findFirst()
                .orElse("");
    }
}
