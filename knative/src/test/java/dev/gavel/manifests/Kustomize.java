package dev.gavel.manifests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Renders a kustomization as `kubectl kustomize` does, but only with what ours use: `resources`, `components`,
/// `configMapGenerator`, `configurations` with name references, `patches` with a target, and `images`. Anything else is
/// a problem, and so is what Kustomize accepts in silence: a patch that meets nothing, an image nobody runs, a file
/// that
/// is not there.
///
/// @param documents each with the file it came from
/// @param problems one sentence each
record Kustomize(List<Document> documents, List<String> problems) {

    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "resources",
            "components",
            "configMapGenerator",
            "generatorOptions",
            "configurations",
            "patches",
            "images");
    private static final Set<String> IMAGE_KNOWN = Set.of("name", "newName", "newTag", "digest");

    /// Renders the kustomization of a folder out of the texts of all files, by their relative paths.
    static Kustomize render(Map<String, String> texts, String folder) {
        Run run = new Run(texts);
        Set<String> names = new HashSet<>();
        List<Made> made = run.kustomization(folder, new ArrayList<>());
        GeneratedMaps.rename(made, run.references);
        List<Document> documents =
                made.stream().map(one -> new Document(one.file, one.content)).toList();
        for (Document document : documents) {
            String key = document.group() + " " + document.kind() + " " + document.text("/metadata/namespace") + "/"
                    + document.name();
            if (!names.add(key)) {
                run.problems.add(document.where() + " is there twice");
            }
        }
        return new Kustomize(documents, run.problems);
    }

    /// A document on its way, which patches may still change.
    static final class Made {
        final String file;
        final ObjectNode content;
        /// Whether its name ends in a hash of what is in it.
        final boolean hashed;

        Made(String file, ObjectNode content, boolean hashed) {
            this.file = file;
            this.content = content;
            this.hashed = hashed;
        }

        String kind() {
            return content.path("kind").asString("");
        }

        String name() {
            return content.at("/metadata/name").asString("");
        }
    }

    private static final class Run {
        private final Map<String, String> texts;
        private final List<String> problems = new ArrayList<>();
        private final List<JsonNode> references = new ArrayList<>();

        private Run(Map<String, String> texts) {
            this.texts = texts;
        }

        /// What a kustomization makes; a component changes what is there already.
        private List<Made> kustomization(String folder, List<Made> made) {
            String file = folder + "/kustomization.yaml";
            if (!texts.containsKey(file)) {
                problems.add(file + " is not there");
                return made;
            }
            JsonNode content =
                    Tree.parse(file, texts.getOrDefault(file, "")).getFirst().content();
            unknown(file, content, KNOWN);
            content.path("resources").forEach(entry -> resource(file, folder, entry.asString(""), made));
            content.path("components").forEach(entry -> kustomization(resolve(folder, entry.asString("")), made));
            content.path("configurations").forEach(entry -> configuration(file, resolve(folder, entry.asString(""))));
            GeneratedMaps maps = new GeneratedMaps(texts, file, problems);
            content.path("configMapGenerator")
                    .forEach(generator -> maps.generate(generator, content.path("generatorOptions"), made));
            content.path("patches").forEach(patch -> Patch.apply(file, patch, made, problems));
            content.path("images").forEach(image -> image(file, image, made));
            return made;
        }

        private void resource(String file, String folder, String entry, List<Made> made) {
            String path = resolve(folder, entry);
            if (texts.containsKey(path)) {
                for (Document document : Tree.parse(path, texts.getOrDefault(path, ""))) {
                    made.add(new Made(path, ((ObjectNode) document.content()).deepCopy(), false));
                }
            } else if (texts.containsKey(path + "/kustomization.yaml")) {
                made.addAll(kustomization(path, new ArrayList<>()));
            } else {
                problems.add(file + " lists " + path + ", which is not there");
            }
        }

        private void configuration(String file, String path) {
            if (!texts.containsKey(path)) {
                problems.add(file + " lists " + path + ", which is not there");
                return;
            }
            JsonNode content =
                    Tree.parse(path, texts.getOrDefault(path, "")).getFirst().content();
            unknown(path, content, Set.of("nameReference"));
            content.path("nameReference").forEach(references::add);
        }

        private void image(String file, JsonNode image, List<Made> made) {
            unknown(file, image, IMAGE_KNOWN);
            boolean found = false;
            for (Made one : made) {
                for (JsonNode container : one.content.at("/spec/template/spec/containers")) {
                    String[] now = container.path("image").asString("").split("[:@]", 2);
                    if (now[0].equals(image.path("name").asString(""))) {
                        String name = image.path("newName").asString(now[0]);
                        String digest = image.path("digest").asString("");
                        ((ObjectNode) container)
                                .put(
                                        "image",
                                        digest.isEmpty()
                                                ? name + ":"
                                                        + image.path("newTag").asString("latest")
                                                : name + "@" + digest);
                        found = true;
                    }
                }
            }
            if (!found) {
                problems.add(file + " gives a tag to " + image.path("name").asString("") + ", which nothing runs");
            }
        }

        private void unknown(String file, JsonNode content, Set<String> known) {
            Set<String> fields = new TreeSet<>(content.propertyNames());
            fields.removeAll(known);
            if (!fields.isEmpty()) {
                problems.add(file + " says " + fields + ", which this renderer does not know");
            }
        }
    }

    /// The scalers lie beside this folder and have their own name in the texts.
    private static String resolve(String folder, String entry) {
        String path = Path.of(folder).resolve(entry).normalize().toString().replace('\\', '/');
        return path.startsWith("../") ? path.substring(3) : path;
    }
}
