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

/// All manifests of a folder: the text of each file by its relative path, and the documents in them.
record Tree(Map<String, String> texts, List<Document> documents) {

    /// Has a kustomization of its own: it needs KEDA in the cluster.
    static final String SCALERS = "keda";

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /// Reads what a cluster gets: the YAML files of the folder itself, of `functions/`, `gateway/`, `live/` and
    /// `relay/`, and those of the folder `keda/` beside it.
    static Tree read(Path root) {
        Map<String, String> texts = new TreeMap<>();
        read(root, "", texts);
        for (String folder : List.of("functions", "gateway", "live", "relay")) {
            read(root.resolve(folder), folder + "/", texts);
        }
        read(root.resolve("../" + SCALERS), SCALERS + "/", texts);
        return of(texts);
    }

    private static void read(Path folder, String prefix, Map<String, String> texts) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                texts.put(prefix + file.getFileName(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Tree of(Map<String, String> texts) {
        List<Document> documents = new ArrayList<>();
        texts.forEach((file, text) -> documents.addAll(parse(file, text)));
        return new Tree(texts, documents);
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

    Optional<Document> find(String kind, String name) {
        return all(kind).stream()
                .filter(document -> document.name().equals(name))
                .findFirst();
    }
}
