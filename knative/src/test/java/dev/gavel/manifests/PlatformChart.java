package dev.gavel.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Helm chart of the platform: its text files by their paths in the folder. It renders the little of Helm's
/// language
/// that the templates may use: `{{- if .Values.a.b }}` and `{{- end }}` on lines of their own, `{{ .Values.a.b }}`, and
/// `{{ .Values.a.b | quote }}`. Anything else is an error, as is a value that is not there or comes out as another
/// type.
record PlatformChart(Map<String, String> files) {

    static final List<String> ENVIRONMENTS = List.of("dev", "staging", "prod");

    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?}}");
    private static final Pattern CONDITION = Pattern.compile("^\\{\\{- if (\\.Values\\.[\\w.-]+) }}$");
    private static final Pattern VALUE = Pattern.compile("^\\.Values\\.([\\w.-]+?)( \\| quote)?$");
    /// Helm reads numbers as floating point and writes those above as 1e+06.
    private static final long LARGEST = 999_999;

    static PlatformChart read(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path :
                    paths.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                String name = folder.relativize(path).toString();
                // What `helm dependency update` has fetched is others'.
                if (!name.startsWith("charts/")) {
                    files.put(name, Files.readString(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PlatformChart(files);
    }

    /// The chart with one file changed; what is replaced must be there.
    PlatformChart with(String file, String old, String now) {
        String text = text(file);
        if (!text.contains(old)) {
            throw new AssertionError(file + " does not say " + old);
        }
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(file, text.replace(old, now));
        return new PlatformChart(changed);
    }

    String text(String file) {
        String text = files.get(file);
        if (text == null) {
            throw new AssertionError("the chart has no " + file);
        }
        return text;
    }

    JsonNode yaml(String file) {
        return Tree.parse(file, text(file)).getFirst().content();
    }

    List<String> templates() {
        return files.keySet().stream()
                .filter(file -> file.startsWith("templates/"))
                .toList();
    }

    /// What the templates read, as `kafka.brokers`.
    TreeSet<String> read() {
        TreeSet<String> read = new TreeSet<>();
        for (String template : templates()) {
            Matcher found = EXPRESSION.matcher(text(template));
            while (found.find()) {
                Matcher value = VALUE.matcher(found.group(1).replaceFirst("^if ", ""));
                if (value.matches()) {
                    read.add(value.group(1));
                }
            }
        }
        return read;
    }

    /// The values of an environment: those of every environment, and over them its own.
    JsonNode values(String environment) {
        JsonNode merged = yaml("values.yaml").deepCopy();
        merge((ObjectNode) merged, yaml("values-" + environment + ".yaml"));
        return merged;
    }

    /// What the cluster gets from the templates of this chart in the release of the tag.
    List<Document> render(String environment, String tag) {
        JsonNode values = values(environment);
        ((ObjectNode) values.path("tags")).put(tag, true);
        List<Document> documents = new ArrayList<>();
        for (String template : templates()) {
            String rendered = render(template, text(template), values);
            if (rendered.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
                documents.addAll(Tree.parse("knative/platform/" + template + " (" + environment + ")", rendered));
            }
        }
        return documents;
    }

    private static String render(String file, String text, JsonNode values) {
        StringBuilder rendered = new StringBuilder();
        List<Boolean> open = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher condition = CONDITION.matcher(line);
            if (condition.matches()) {
                JsonNode value = value(file, condition.group(1), values);
                if (!value.isBoolean()) {
                    throw new IllegalArgumentException(file + ": " + condition.group(1) + " must be true or false");
                }
                open.add(value.asBoolean());
            } else if (line.equals("{{- end }}") && !open.isEmpty()) {
                open.removeLast();
            } else if (!open.contains(false)) {
                rendered.append(line(file, line, values)).append('\n');
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException(file + ": an if has no end");
        }
        return rendered.toString();
    }

    private static String line(String file, String line, JsonNode values) {
        return EXPRESSION.matcher(line).replaceAll(found -> {
            String expression = found.group(1);
            Matcher value = VALUE.matcher(expression);
            if (!value.matches() || !found.group().equals("{{ " + expression + " }}")) {
                throw new IllegalArgumentException(
                        file + ": \"" + found.group() + "\" is more than the templates of this chart may use");
            }
            JsonNode content = value(file, ".Values." + value.group(1), values);
            boolean quoted = value.group(2) != null;
            boolean whole = line.strip().endsWith(": " + found.group());
            return Matcher.quoteReplacement(scalar(file, expression, content, quoted, whole));
        });
    }

    private static String scalar(String file, String expression, JsonNode content, boolean quoted, boolean whole) {
        if (!content.isValueNode() || content.isNull()) {
            throw new IllegalArgumentException(file + ": " + expression + " is not one value");
        }
        if (content.isNumber() && content.asLong() > LARGEST) {
            throw new IllegalArgumentException(
                    file + ": " + expression + " is written by Helm as 1e+06: quote the value");
        }
        String text = content.asString();
        if (quoted) {
            return content.isString() ? content.toString() : '"' + text + '"';
        }
        if (content.isString() && whole && !sameType(file, text)) {
            throw new IllegalArgumentException(file + ": " + expression + " is the text \"" + text
                    + "\" and comes out as something else: | quote");
        }
        return text;
    }

    private static boolean sameType(String file, String text) {
        return Tree.parse(file, "it: " + text).getFirst().content().path("it").isString();
    }

    private static JsonNode value(String file, String expression, JsonNode values) {
        JsonNode at = values;
        for (String step : expression.substring(".Values.".length()).split("\\.")) {
            at = at.path(step);
        }
        if (at.isMissingNode()) {
            throw new IllegalArgumentException(file + ": no values file has " + expression);
        }
        return at;
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.forEachEntry((name, value) -> {
            if (into.get(name) instanceof ObjectNode below && value.isObject()) {
                merge(below, value);
            } else {
                into.set(name, value);
            }
        });
    }
}
