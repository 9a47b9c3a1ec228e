package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What is said of the chart of the platform, one sentence for each thing that is wrong.
final class PlatformChecks {

    private static final Pattern PINNED = Pattern.compile("v?\\d+\\.\\d+\\.\\d+");
    /// Keys that carry a secret itself; those that name where one is, such as `passwordKey`, end otherwise.
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|token|secret|api-?key|access-?key|secret-?key|private-?key|credentials)");
    /// The same inside of a text, as in a configuration file; a variable is none.
    private static final Pattern SECRET_LINE =
            Pattern.compile("(?im)^\\s*\\w*(password|passwd|token|secret_?key)\\s*[:= ]\\s*(?!\\$\\{)(\\S+)\\s*$");

    private static final Pattern KEY_MATERIAL = Pattern.compile("AKIA[0-9A-Z]{16}|-----BEGIN|eyJ[\\w-]{20,}");

    private PlatformChecks() {}

    static List<String> problems(PlatformChart chart) {
        List<String> problems = new ArrayList<>();
        dependencies(chart, problems);
        keys(chart, problems);
        secrets(chart, problems);
        PlatformChart.ENVIRONMENTS.forEach(environment -> kafka(chart, environment, problems));
        chart.files().forEach((file, text) -> {
            if (!text.startsWith("# ")) {
                problems.add(file + " must start with a comment that says what it is for");
            }
        });
        return problems;
    }

    /// The dependencies by the name their values have.
    static Map<String, JsonNode> byAlias(PlatformChart chart) {
        Map<String, JsonNode> dependencies = new TreeMap<>();
        chart.yaml("Chart.yaml")
                .path("dependencies")
                .forEach(dependency -> dependencies.put(
                        dependency
                                .path("alias")
                                .asString(dependency.path("name").asString("")),
                        dependency));
        return dependencies;
    }

    private static void dependencies(PlatformChart chart, List<String> problems) {
        Set<String> used = new TreeSet<>(Set.of("resources"));
        byAlias(chart).forEach((alias, dependency) -> {
            if (!dependency.path("condition").asString("").equals(alias + ".enabled")) {
                problems.add(alias + " cannot be left out: its condition must be " + alias + ".enabled");
            }
            JsonNode tags = dependency.path("tags");
            if (tags.size() != 1) {
                problems.add(alias + " must have one tag, the release it belongs to");
            }
            tags.forEach(tag -> used.add(tag.asString()));
            if (!PINNED.matcher(dependency.path("version").asString("")).matches()) {
                problems.add(alias + " must be pinned to one version, not to "
                        + dependency.path("version").asString("nothing"));
            }
            if (!dependency.path("repository").asString("").startsWith("https://")) {
                problems.add(alias + " must come from a repository by https");
            }
        });
        JsonNode tags = chart.yaml("values.yaml").path("tags");
        if (!tags.isObject() || !used.equals(new TreeSet<>(tags.propertyNames()))) {
            problems.add("the tags in values.yaml must be those of the dependencies and resources: " + used);
        }
        tags.forEachEntry((tag, value) -> {
            if (!value.isBoolean() || value.asBoolean()) {
                problems.add("the tag " + tag + " must be false: the command line says which release is meant");
            }
        });
    }

    private static void keys(PlatformChart chart, List<String> problems) {
        Set<String> aliases = byAlias(chart).keySet();
        Set<String> read = chart.read();
        Set<String> roots = new TreeSet<>();
        read.forEach(path -> roots.add(path.replaceFirst("\\..*", "")));
        Set<String> known = leaves("", chart.yaml("values.yaml"));
        for (String file : chart.files().keySet()) {
            if (!file.startsWith("values")) {
                continue;
            }
            chart.yaml(file).propertyNames().forEach(key -> {
                if (!aliases.contains(key) && !roots.contains(key) && !key.equals("tags")) {
                    problems.add(file + " sets " + key + ", which is no dependency and which no template reads");
                }
            });
            for (String path : leaves("", chart.yaml(file))) {
                String root = path.replaceFirst("\\..*", "");
                if (!roots.contains(root) || root.equals("tags") || aliases.contains(root)) {
                    continue;
                }
                if (!read.contains(path)) {
                    problems.add(file + " sets " + path + ", which no template reads");
                }
                if (!known.contains(path)) {
                    problems.add(file + " sets " + path + ", which values.yaml does not have");
                }
            }
        }
    }

    private static Set<String> leaves(String prefix, JsonNode node) {
        Set<String> leaves = new TreeSet<>();
        node.forEachEntry((name, value) -> {
            String path = prefix.isEmpty() ? name : prefix + "." + name;
            if (value.isObject() && !value.isEmpty()) {
                leaves.addAll(leaves(path, value));
            } else {
                leaves.add(path);
            }
        });
        return leaves;
    }

    private static void secrets(PlatformChart chart, List<String> problems) {
        chart.files().forEach((file, text) -> {
            if (KEY_MATERIAL.matcher(text).find()
                    || SECRET_LINE.matcher(inner(chart, file)).find()) {
                problems.add(file + " has a secret in clear");
            }
            if (file.startsWith("values")) {
                clear(file, chart.yaml(file), problems);
            }
        });
        for (String environment : PlatformChart.ENVIRONMENTS) {
            for (Document document : chart.render(environment, "resources")) {
                if (document.kind().equals("Secret")) {
                    problems.add(document.where() + " is a secret in clear: ask for it by an ExternalSecret");
                }
            }
        }
    }

    /// The texts of several lines in a values file: configuration files in other languages.
    private static String inner(PlatformChart chart, String file) {
        StringBuilder inner = new StringBuilder();
        if (file.startsWith("values")) {
            texts(chart.yaml(file), inner);
        }
        return inner.toString();
    }

    private static void texts(JsonNode node, StringBuilder into) {
        if (node.isString() && node.asString().contains("\n")) {
            into.append(node.asString()).append('\n');
        }
        node.forEach(below -> texts(below, into));
    }

    private static void clear(String file, JsonNode node, List<String> problems) {
        node.forEachEntry((name, value) -> {
            if (value.isString()
                    && !value.asString().isBlank()
                    && SECRET.matcher(name).matches()
                    && !name.startsWith("existing")) {
                problems.add(file + " has a secret in clear: " + name);
            }
            clear(file, value, problems);
        });
        if (node.isArray()) {
            node.forEach(below -> {
                if (SECRET.matcher(below.path("name").asString("")).matches() && below.has("value")) {
                    problems.add(file + " has a secret in clear: "
                            + below.path("name").asString());
                }
                clear(file, below, problems);
            });
        }
    }

    private static void kafka(PlatformChart chart, String environment, List<String> problems) {
        JsonNode kafka = chart.values(environment).path("kafka");
        int brokers = kafka.path("brokers").asInt(0);
        int replication = kafka.path("replication").asInt(0);
        int inSync = kafka.path("inSync").asInt(0);
        if (replication < 1 || replication > brokers || inSync < 1 || inSync > replication) {
            problems.add(environment + ": Kafka needs inSync, replication and brokers in this order of size");
        }
        if (replication > 1 && inSync == replication) {
            problems.add(
                    environment + ": when one broker goes nothing can be published: inSync must be below replication");
        }
        if (kafka.path("controllers").asInt(0) % 2 == 0) {
            problems.add(
                    environment + ": Kafka needs an odd number of controllers, half of which may never be a majority");
        }
    }
}
