package dev.gavel.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One thing wrong with the real manifests, as a small file under `src/test/resources/broken/<check>/` says
/// it: in `file`, the document of that `kind` has at the JSON pointer `at` the value `set`, or nothing
/// (`remove: true`). Or in the text of the file, `replace` is replaced by what is said at `with`; or the whole file has
/// another `text`, and is listed where its folder lists files; or it is not there. `expect` is part of the sentence the
/// check must say of the `overlay`, prod unless it says another.
record BrokenSample(String name, JsonNode content) {

    private static final Path SAMPLES = Path.of("src/test/resources/broken");

    static List<BrokenSample> of(Check check) {
        Path folder = SAMPLES.resolve(check.folder());
        if (!Files.isDirectory(folder)) {
            throw new AssertionError(check + " has never been seen to fail: add a broken sample to " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(BrokenSample::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of all folders of samples, so that none is left behind when a check is renamed.
    static List<String> folders() {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String expected() {
        return content.path("expect").asString();
    }

    String overlay() {
        return content.path("overlay").asString("prod");
    }

    /// The manifests with this thing wrong.
    Tree breakIn(Tree tree) {
        String file = content.path("file").asString();
        if (content.has("replace")) {
            Map<String, String> texts = new TreeMap<>(tree.texts());
            String before = texts.getOrDefault(file, "");
            String after = before.replace(
                    content.path("replace").asString(), content.path("with").asString());
            if (before.equals(after)) {
                throw new AssertionError(name + " changes nothing");
            }
            texts.put(file, after);
            return tree.with(texts);
        }
        if (content.has("text") || !content.has("at")) {
            Map<String, String> texts = new TreeMap<>(tree.texts());
            if (texts.remove(file) == null && !content.has("text")) {
                throw new AssertionError(name + " removes " + file + ", which is not there");
            }
            if (content.has("text")) {
                texts.put(file, content.path("text").asString());
            }
            if (!tree.texts().containsKey(file) && !content.has("unlisted")) {
                int cut = file.lastIndexOf('/') + 1;
                texts.merge(
                        file.substring(0, cut) + "kustomization.yaml",
                        "  - " + file.substring(cut) + "\n",
                        String::concat);
            }
            return tree.with(texts);
        }
        List<Document> broken = tree.documents().stream()
                .map(document -> document.file().equals(file)
                                && document.kind().equals(content.path("kind").asString())
                                && content.path("name")
                                        .asString(document.name())
                                        .equals(document.name())
                        ? edited(document)
                        : document)
                .toList();
        if (broken.equals(tree.documents())) {
            throw new AssertionError(name + " changes nothing");
        }
        return new Tree(tree.overlay(), tree.texts(), broken, tree.problems());
    }

    private Document edited(Document document) {
        JsonNode copy = document.content().deepCopy();
        String at = content.path("at").asString();
        int cut = at.lastIndexOf('/');
        String key = at.substring(cut + 1).replace("~1", "/");
        switch (copy.at(at.substring(0, cut))) {
            case ObjectNode object when content.has("remove") -> object.remove(key);
            case ObjectNode object -> object.set(key, content.path("set"));
            case ArrayNode array when content.has("remove") -> array.remove(Integer.parseInt(key));
            case ArrayNode array -> array.set(Integer.parseInt(key), content.path("set"));
            case JsonNode other -> throw new AssertionError(name + ": there is nothing at " + at + " but " + other);
        }
        return new Document(document.file(), copy);
    }

    private static BrokenSample read(Path file) {
        try {
            return new BrokenSample(
                    file.toString(),
                    Tree.parse(file.toString(), Files.readString(file))
                            .getFirst()
                            .content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
