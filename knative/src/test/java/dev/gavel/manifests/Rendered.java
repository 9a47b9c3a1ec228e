package dev.gavel.manifests;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The manifests of this folder, rendered once for each overlay.
final class Rendered {

    static final Map<String, Tree> ALL = all();

    private Rendered() {}

    static Tree of(String overlay) {
        Tree tree = ALL.get(overlay);
        if (tree == null) {
            throw new AssertionError("There is no overlay " + overlay + ", only " + ALL.keySet());
        }
        return tree;
    }

    private static Map<String, Tree> all() {
        Map<String, String> texts = Tree.read(Path.of(""));
        Map<String, Tree> trees = new TreeMap<>();
        Tree.overlays(texts).forEach(overlay -> trees.put(overlay, Tree.render(overlay, texts)));
        return trees;
    }
}
