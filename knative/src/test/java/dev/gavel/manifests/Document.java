package dev.gavel.manifests;

import tools.jackson.databind.JsonNode;

/// One YAML document of a file; `file` is relative to the tree.
record Document(String file, JsonNode content) {

    String kind() {
        return text("/kind");
    }

    String group() {
        return text("/apiVersion");
    }

    String name() {
        return text("/metadata/name");
    }

    /// The text at a JSON pointer, or an empty one.
    String text(String pointer) {
        return content.at(pointer).asString("");
    }

    /// The value of an annotation, or an empty text; `base` is a pointer to what has `metadata`.
    String annotation(String base, String name) {
        return content.at(base + "/metadata/annotations").path(name).asString("");
    }

    String where() {
        return file + " " + kind() + " " + name();
    }
}
