package dev.gavel.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page that operators read, against what there is: files, commands, resources, settings, routes, tables.
///
/// @param root the repository
/// @param text the page
record OperationsPage(Path root, String text) {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern FILE = Pattern.compile("(?<![\\w./:-])((?:knative|keda|terraform|docs)/[\\w./-]*\\w)");
    private static final Pattern GAVEL = Pattern.compile("\\./gavel ([a-z-]+)(?: ([a-z][a-z-]*))?");
    private static final Pattern SETTING = Pattern.compile("\\b(?:GAVEL|AWS|KAFKA|REDIS)_[A-Z_]*[A-Z]\\b");
    private static final Pattern METRIC = Pattern.compile("\\bgavel_[a-z_]+");
    private static final Pattern ROUTE = Pattern.compile("`(GET|POST|PUT|PATCH|DELETE) (/[^`\\s]*)`");
    private static final Pattern ADDRESS = Pattern.compile("https://gavel\\.dev(/[^\\s`\"]*)");
    private static final Pattern TABLE = Pattern.compile("--(?:source-)?table-name \"?gavel-([a-z-]+)");
    private static final Pattern QUEUE = Pattern.compile("(?:--queue-name |:)gavel-([a-z-]+)");
    private static final Pattern SECRET = Pattern.compile("`gavel/([a-z-]+)`");
    private static final Pattern KEY = Pattern.compile(
            "(?<![\\w./-])((?:[a-z-]+\\.)*(?:knative\\.dev|keda\\.sh|strimzi\\.io|istio\\.io|kubernetes\\.io)/[\\w.-]*\\w)");
    private static final Pattern KUBECTL = Pattern.compile("\\bkubectl ((?:[^\\n`]*\\\\\\n)*[^\\n`]*)");
    private static final Set<String> ARGUED = Set.of(
            "get", "wait", "describe", "patch", "annotate", "label", "delete", "scale", "status", "undo", "restart");

    /// Short and plural names that commands use.
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("ksvc", "Service"),
            Map.entry("broker", "Broker"),
            Map.entry("trigger", "Trigger"),
            Map.entry("pingsource", "PingSource"),
            Map.entry("externalsecret", "ExternalSecret"),
            Map.entry("scaledobject", "ScaledObject"),
            Map.entry("deployment", "Deployment"),
            Map.entry("statefulset", "StatefulSet"),
            Map.entry("pdb", "PodDisruptionBudget"),
            Map.entry("kafka", "Kafka"),
            Map.entry("knativeserving", "KnativeServing"),
            Map.entry("knativeeventing", "KnativeEventing"),
            Map.entry("application", "Application"),
            Map.entry("revision", "Revision"),
            Map.entry("namespace", "Namespace"),
            Map.entry("pod", "Pod"),
            Map.entry("pods", "Pod"),
            Map.entry("hpa", "HorizontalPodAutoscaler"));

    /// What others make: the charts of Kong, Knative's Kafka Broker, and namespaces that Helm creates.
    private static final Set<String> OTHERS =
            Set.of("Deployment kong-gateway in kong", "StatefulSet kafka-broker-dispatcher in knative-eventing");

    /// Labels that Knative and Strimzi put on what they make.
    private static final Set<String> KEYS = Set.of(
            "serving.knative.dev/service", "strimzi.io/pool-name", "istio.io/dataplane-mode", "app.kubernetes.io/name");

    static OperationsPage read(Path root) {
        return new OperationsPage(root, text(root.resolve("docs/operations.md")));
    }

    OperationsPage with(String old, String now) {
        if (!text.contains(old)) {
            throw new AssertionError("the page does not say " + old);
        }
        return new OperationsPage(root, text.replace(old, now));
    }

    /// Everything the page names that is not there.
    ///
    /// @param there the resources of the manifests and of the platform
    /// @param namespaces where something may be
    List<String> problems(List<Document> there, Set<String> namespaces, List<Declared> useCases) {
        Set<String> problems = new LinkedHashSet<>();
        files(problems);
        commands(problems);
        resources(there, namespaces, problems);
        routes(useCases, problems);
        stored("terraform/tables.json", TABLE, "table", problems);
        stored("terraform/queues.json", QUEUE, "queue", problems);
        words(there, problems);
        return List.copyOf(problems);
    }

    private void files(Set<String> problems) {
        Set<String> headings = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
        for (String target : found(LINK, 1)) {
            if (target.startsWith("#") ? !headings.contains(target.substring(1)) : missing("docs/" + target)) {
                problems.add("it links to " + target + ", which is not there");
            }
        }
        found(FILE, 1).stream()
                .filter(this::missing)
                .forEach(file -> problems.add("it names the file " + file + ", which is not there"));
    }

    private boolean missing(String file) {
        return !Files.exists(root.resolve(file).normalize());
    }

    private void commands(Set<String> problems) {
        String script = text(root.resolve("gavel"));
        GAVEL.matcher(text).results().forEach(command -> {
            if (!Pattern.compile("(?m)^ +" + command.group(1) + "\\) ")
                    .matcher(script)
                    .find()) {
                problems.add("./gavel has no command " + command.group(1));
            } else if (command.group(2) != null
                    && !Pattern.compile("\\b" + command.group(2) + "\\b")
                            .matcher(script)
                            .find()) {
                problems.add("./gavel " + command.group(1) + " knows no " + command.group(2));
            }
        });
    }

    private void resources(List<Document> there, Set<String> namespaces, Set<String> problems) {
        for (MatchResult command : KUBECTL.matcher(text).results().toList()) {
            List<String> words = new ArrayList<>(List.of(command.group(1)
                    .replace("\\\n", " ")
                    .replaceAll("\\$\\([^)]*\\)", "…")
                    .replaceAll("'[^']*'", "…")
                    .strip()
                    .split("[\\s)|;]+")));
            String namespace = "";
            int flag = words.indexOf("-n");
            if (flag >= 0 && flag + 1 < words.size()) {
                namespace = words.get(flag + 1).replace("\"", "");
                words.subList(flag, flag + 2).clear();
                if (!namespaces.contains(namespace) && !namespace.startsWith("$")) {
                    problems.add("kubectl looks into the namespace " + namespace + ", which is not there");
                }
            }
            words.removeIf(word -> word.startsWith("-"));
            if (!words.isEmpty() && words.getFirst().equals("rollout")) {
                words.removeFirst();
            }
            if (words.size() > 1 && ARGUED.contains(words.getFirst())) {
                resource(there, namespace, words, problems);
            }
        }
    }

    private static void resource(List<Document> there, String namespace, List<String> words, Set<String> problems) {
        String what = words.get(1);
        int slash = what.indexOf('/');
        String next = words.size() > 2 ? words.get(2) : "-";
        String name = slash >= 0 ? what.substring(slash + 1) : next;
        for (String kind : (slash >= 0 ? what.substring(0, slash) : what).split(",")) {
            String known = KINDS.get(kind);
            if (known == null) {
                problems.add("kubectl is asked for " + kind + ", which this check does not know");
            } else if (name.matches("[a-z0-9-]+[a-z0-9]")
                    && !Set.of("Pod", "Namespace", "Revision", "Application").contains(known)
                    && !OTHERS.contains(known + " " + name + " in " + namespace)
                    && there.stream().noneMatch(it -> is(it, known, name, namespace))) {
                problems.add("there is no " + known + " " + name + " in " + namespace);
            }
        }
    }

    private static boolean is(Document document, String kind, String name, String namespace) {
        boolean knative = document.group().startsWith("serving.knative.dev/");
        return document.kind().equals(kind)
                && (!kind.equals("Service") || knative)
                && document.name().equals(name)
                && document.text("/metadata/namespace").equals(namespace);
    }

    private void routes(List<Declared> useCases, Set<String> problems) {
        Set<String> declared =
                useCases.stream().flatMap(useCase -> useCase.route().stream()).collect(Collectors.toSet());
        ROUTE.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .forEach(route -> {
                    if (!declared.contains(route)) {
                        problems.add("no function answers " + route);
                    }
                });
        for (String path : found(ADDRESS, 1)) {
            String shape = path.replaceAll("/[a-z]+_[^/]*", "/{}");
            if (declared.stream()
                    .noneMatch(route -> route.replaceAll("\\{\\w+}", "{}").endsWith(" " + shape))) {
                problems.add("no function answers at " + path);
            }
        }
    }

    private void stored(String file, Pattern pattern, String what, Set<String> problems) {
        String names = text(root.resolve(file));
        found(pattern, 1).stream()
                .filter(name -> !names.contains("\"name\": \"" + name + "\"") && !name.startsWith("r1"))
                .forEach(name -> problems.add("there is no " + what + " " + name));
    }

    /// Settings, metrics, secrets and the keys of annotations: each must be said somewhere else, too.
    private void words(List<Document> there, Set<String> problems) {
        String manifests =
                there.stream().map(document -> document.content().toString()).collect(Collectors.joining("\n"));
        String sources = sources();
        for (String setting : found(SETTING, 0)) {
            if (!sources.contains('"' + setting + '"') && !manifests.contains('"' + setting + '"')) {
                problems.add("nothing reads the setting " + setting);
            }
        }
        for (String metric : found(METRIC, 0)) {
            String dotted = metric.replaceFirst("_(total|seconds)$", "").replace('_', '.');
            if (!sources.contains(metric) && !sources.contains('"' + dotted + '"')) {
                problems.add("nothing counts " + metric);
            }
        }
        for (String secret : found(SECRET, 1)) {
            if (!manifests.contains("\"gavel/" + secret + "\"") && !manifests.contains("\"name\":\"" + secret + "\"")) {
                problems.add("nobody reads the secret gavel/" + secret);
            }
        }
        for (String key : found(KEY, 1)) {
            if (!KEYS.contains(key) && !manifests.contains(key)) {
                problems.add("no manifest has the key " + key);
            }
        }
    }

    private String sources() {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("functions", "platform", "live", "relay")) {
            try (Stream<Path> files = Files.walk(root.resolve(module))) {
                files.filter(file -> file.toString().endsWith(".java")
                                && file.toString().contains("src" + java.io.File.separator + "main"))
                        .forEach(file -> sources.append(text(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources.append(text(root.resolve("live/README.md"))).toString();
    }

    private Set<String> found(Pattern pattern, int group) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
