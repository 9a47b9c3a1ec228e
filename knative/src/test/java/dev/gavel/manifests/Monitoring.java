package dev.gavel.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is in `monitoring/`: monitors, rules and dashboards.
record Monitoring(List<Document> documents, Map<String, JsonNode> dashboards) {

    private static final Path FOLDER = Path.of("monitoring");

    static Monitoring read() {
        List<Document> documents = new ArrayList<>();
        Map<String, JsonNode> dashboards = new TreeMap<>();
        files(FOLDER, ".yaml").forEach(file -> documents.addAll(Tree.parse(file.toString(), text(file))));
        files(FOLDER.resolve("dashboards"), ".json")
                .forEach(file -> dashboards.put(
                        file.getFileName().toString(), JsonMapper.shared().readTree(text(file))));
        return new Monitoring(documents, dashboards);
    }

    /// Every alert there is.
    List<JsonNode> alerts() {
        return rules().filter(rule -> rule.has("alert")).toList();
    }

    private Stream<JsonNode> rules() {
        return documents.stream()
                .flatMap(document -> document.content().at("/spec/groups").valueStream())
                .flatMap(group -> group.path("rules").valueStream());
    }

    static List<Path> files(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
