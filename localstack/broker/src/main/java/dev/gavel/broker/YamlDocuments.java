package dev.gavel.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// Finds the YAML files below some places and cuts them into documents.
final class YamlDocuments {
    private static final int LARGEST_FILE = 4 * 1024 * 1024;

    private YamlDocuments() {}

    static List<Document> read(List<Path> places, String defaultNamespace) {
        var documents = new ArrayList<Document>();
        for (var place : places) {
            files(place).forEach(file -> documents.addAll(documents(file, defaultNamespace)));
        }
        return List.copyOf(documents);
    }

    private static List<Path> files(Path place) {
        if (!Files.exists(place)) {
            throw new WrongManifest(place + ": there is no such file or folder.");
        }
        try (var found = Files.walk(place)) {
            return found.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    private static List<Document> documents(Path file, String defaultNamespace) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST_FILE);
        var documents = new ArrayList<Document>();
        try (var text = Files.newBufferedReader(file)) {
            var position = 0;
            for (var content : new Yaml(new SafeConstructor(options)).loadAll(text)) {
                position++;
                if (content == null) {
                    continue;
                }
                if (!(content instanceof Map<?, ?> map)) {
                    throw new WrongManifest(file + ": document " + position + " must hold fields.");
                }
                var fields = new LinkedHashMap<String, Object>();
                map.forEach((name, value) -> {
                    if (value != null) {
                        fields.put(String.valueOf(name), value);
                    }
                });
                documents.add(new Document(file, position, defaultNamespace, fields));
            }
            return documents;
        } catch (MarkedYAMLException e) {
            var line =
                    e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1);
            throw (WrongManifest)
                    new WrongManifest(file + line + ": this is not YAML: " + e.getProblem() + ".").initCause(e);
        } catch (YAMLException e) {
            throw (WrongManifest) new WrongManifest(file + ": this is not YAML: " + e.getMessage() + ".").initCause(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
