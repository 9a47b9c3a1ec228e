package dev.gavel.manifests;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A patch of a kustomization, written in place and with a target: a list of JSON 6902 operations, or a part of a
/// document that is merged.
final class Patch {

    private static final Set<String> TARGET_KNOWN = Set.of("group", "version", "kind", "name", "namespace");

    private Patch() {}

    static void apply(String file, JsonNode entry, List<Kustomize.Made> made, List<String> problems) {
        if (!Set.of("target", "patch").equals(Set.copyOf(entry.propertyNames()))) {
            problems.add(file + " has a patch that is not written in place with a target");
            return;
        }
        JsonNode target = entry.path("target");
        Set<String> unknown = new TreeSet<>(target.propertyNames());
        unknown.removeAll(TARGET_KNOWN);
        if (!unknown.isEmpty()) {
            problems.add(file + " has a patch whose target says " + unknown + ", which this renderer does not know");
        }
        JsonNode patch = Tree.yaml(file, entry.path("patch").asString(""));
        List<Kustomize.Made> met =
                made.stream().filter(one -> meets(target, one.content)).toList();
        if (met.isEmpty()) {
            problems.add(file + " has a patch for " + target + ", which meets nothing");
        }
        for (Kustomize.Made one : met) {
            try {
                if (patch instanceof ArrayNode operations) {
                    operations.forEach(operation -> operate(one.content, operation));
                } else {
                    merge(one.content, patch);
                }
            } catch (IllegalArgumentException e) {
                problems.add(file + " cannot patch " + one.kind() + " " + one.name() + ": " + e.getMessage());
            }
        }
    }

    /// Kustomize takes each of these as a regular expression for the whole.
    private static boolean meets(JsonNode target, JsonNode content) {
        String[] group = ("/" + content.path("apiVersion").asString("")).split("/");
        return matches(target, "kind", content.path("kind").asString(""))
                && matches(target, "name", content.at("/metadata/name").asString(""))
                && matches(
                        target, "namespace", content.at("/metadata/namespace").asString(""))
                && matches(target, "group", group.length == 3 ? group[1] : "")
                && matches(target, "version", group[group.length - 1]);
    }

    private static boolean matches(JsonNode target, String field, String value) {
        return !target.has(field) || value.matches(target.path(field).asString(""));
    }

    private static void operate(JsonNode content, JsonNode operation) {
        String path = operation.path("path").asString("");
        int cut = path.lastIndexOf('/');
        JsonNode parent = content.at(path.substring(0, Math.max(cut, 0)));
        String key = path.substring(cut + 1).replace("~1", "/").replace("~0", "~");
        String what = operation.path("op").asString("");
        JsonNode value = operation.path("value");
        boolean there = parent.isArray() ? key.matches("\\d+") && parent.has(Integer.parseInt(key)) : parent.has(key);
        if (!there && !what.equals("add")) {
            throw new IllegalArgumentException("there is nothing at " + path + " to " + what);
        }
        switch (parent) {
            case ObjectNode object when what.equals("remove") -> object.remove(key);
            case ObjectNode object when Set.of("add", "replace").contains(what) -> object.set(key, value.deepCopy());
            case ArrayNode array when what.equals("remove") -> array.remove(Integer.parseInt(key));
            case ArrayNode array when what.equals("replace") -> array.set(Integer.parseInt(key), value.deepCopy());
            case ArrayNode array when what.equals("add") && key.equals("-") -> array.add(value.deepCopy());
            case ArrayNode array when what.equals("add") -> array.insert(Integer.parseInt(key), value.deepCopy());
            default -> throw new IllegalArgumentException("this renderer cannot " + what + " at " + path);
        }
    }

    private static void merge(ObjectNode content, JsonNode patch) {
        patch.forEachEntry((key, value) -> {
            if (value.isNull()) {
                content.remove(key);
            } else if (value.isObject() && content.path(key) instanceof ObjectNode existing) {
                merge(existing, value);
            } else if (value.isArray()
                    && StreamSupport.stream(value.spliterator(), false).anyMatch(JsonNode::isObject)) {
                throw new IllegalArgumentException("lists of fields are merged by rules this renderer does not know");
            } else if (!Set.of("apiVersion", "kind").contains(key)) {
                content.set(key, value.deepCopy());
            }
        });
    }
}
