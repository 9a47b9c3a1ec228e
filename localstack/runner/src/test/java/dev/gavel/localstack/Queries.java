package dev.gavel.localstack;

import dev.gavel.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/// Every query of the rules, the dashboards and the scalers, by where it stands, with the names that rules record.
record Queries(Map<String, List<String>> byPlace, Set<String> recorded) {

    private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*),\\s*\\w+\\)");

    static Queries read(Path root) {
        Queries queries = new Queries(new TreeMap<>(), new HashSet<>());
        files(root.resolve("knative/monitoring"), ".yaml").forEach(queries::rules);
        files(root.resolve("knative/monitoring/dashboards"), ".json").forEach(queries::dashboard);
        files(root.resolve("keda"), ".yaml").forEach(queries::scalers);
        return queries;
    }

    /// The metrics that are named somewhere and are neither recorded by a rule nor among the known ones, each with its
    /// place.
    List<String> unknown(Set<String> known) {
        List<String> unknown = new ArrayList<>();
        byPlace.forEach((place, queries) -> queries.forEach(query -> PromQl.metrics(query).stream()
                .filter(metric -> !known.contains(metric) && !recorded.contains(metric))
                .forEach(metric -> unknown.add(place + " names " + metric + ", which nothing exposes"))));
        return unknown;
    }

    private void rules(Path file) {
        for (JsonNode document : documents(file)) {
            for (JsonNode rule : document.at("/spec/groups")
                    .valueStream()
                    .flatMap(group -> group.path("rules").valueStream())
                    .toList()) {
                String name = rule.path("record").asString(rule.path("alert").asString(""));
                add(file, name, rule.path("expr").asString(""));
                if (rule.has("record")) {
                    recorded.add(name);
                }
            }
        }
    }

    private void dashboard(Path file) {
        dashboard(file.getFileName().toString(), Json.MAPPER.readTree(text(file)));
    }

    void dashboard(String file, JsonNode board) {
        for (JsonNode panel : board.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                add(
                        Path.of(file),
                        panel.path("title").asString(""),
                        target.path("expr").asString(""));
            }
        }
        for (JsonNode variable : board.at("/templating/list")) {
            Matcher values = VARIABLE.matcher(variable.path("query").asString(""));
            if (values.matches()) {
                add(Path.of(file), variable.path("name").asString(""), values.group(1));
            }
        }
    }

    private void scalers(Path file) {
        for (JsonNode document : documents(file)) {
            for (JsonNode trigger : document.at("/spec/triggers")) {
                if (trigger.path("type").asString("").equals("prometheus")) {
                    add(file, "trigger", trigger.at("/metadata/query").asString(""));
                }
            }
        }
    }

    private void add(Path file, String what, String query) {
        byPlace.computeIfAbsent(file.getFileName() + " " + what, _ -> new ArrayList<>())
                .add(query);
    }

    private static List<JsonNode> documents(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        new Yaml().loadAll(text(file)).forEach(document -> documents.add(Json.MAPPER.valueToTree(document)));
        return documents;
    }

    private static List<Path> files(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
