package dev.gavel.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ConfigMaps that documents name: those written as such, and those Kustomize would make of the `envs` files of a
/// `configMapGenerator`.
final class ConfigMaps {
    private final Map<String, Map<String, String>> data = new HashMap<>();

    private ConfigMaps() {}

    static ConfigMaps of(List<Document> documents) {
        var maps = new ConfigMaps();
        for (var document : documents) {
            if (document.kind().equals("ConfigMap")) {
                maps.data.put(document.name(), texts(document.at("data")));
            } else if (document.content().get("configMapGenerator") instanceof List<?> generators) {
                generators.forEach(generator -> maps.generate(document, generator));
            }
        }
        return maps;
    }

    /// What the container of a document is told by its environment: by the ConfigMaps of its `envFrom`, and by its own
    /// variables, which win.
    ///
    /// @throws WrongManifest when it names a ConfigMap that is not there
    Map<String, String> environment(Document document) {
        Map<String, String> values = new TreeMap<>();
        for (var name : document.configMaps()) {
            var found = data.get(name);
            if (found == null) {
                throw new WrongManifest(document.where() + ": takes its environment from the ConfigMap " + name
                        + ", which none of the files declares or generates.");
            }
            values.putAll(found);
        }
        values.putAll(document.environment());
        return values;
    }

    private void generate(Document kustomization, Object generator) {
        if (generator instanceof Map<?, ?> map && map.get("envs") instanceof List<?> envs) {
            var values = data.computeIfAbsent(String.valueOf(map.get("name")), _ -> new TreeMap<>());
            for (var env : envs) {
                read(kustomization.file().resolveSibling(env.toString()), values);
            }
        }
    }

    private static void read(Path file, Map<String, String> values) {
        try {
            for (var line : Files.readAllLines(file)) {
                var equals = line.indexOf('=');
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (equals < 1) {
                    throw new WrongManifest(file + ": '" + line + "' must say NAME=value.");
                }
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Map<String, String> texts(@Nullable Object fields) {
        Map<String, String> texts = new TreeMap<>();
        if (fields instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }
}
