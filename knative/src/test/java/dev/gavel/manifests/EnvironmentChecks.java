package dev.gavel.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// That an environment says one thing of itself everywhere: its settings, host names, region and addresses.
final class EnvironmentChecks {

    /// Whose sources read settings.
    private static final List<String> READERS = List.of("../functions", "../platform", "../live", "../relay");

    private static final String SOURCES = sources();

    private EnvironmentChecks() {}

    static List<String> settings(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        List<Document> maps = tree.all("ConfigMap").stream()
                .filter(map -> map.name().startsWith(SettingChecks.SETTINGS))
                .toList();
        if (maps.size() != 1) {
            problems.add("there must be one ConfigMap " + SettingChecks.SETTINGS + "…, not " + maps.size());
            return problems;
        }
        String name = maps.getFirst().name();
        for (Document workload : tree.workloads()) {
            JsonNode sources = workload.content().at(ServiceChecks.CONTAINER + "/envFrom");
            if (sources.size() != 1
                    || !sources.at("/0/configMapRef/name").asString("").equals(name)) {
                problems.add(workload.where() + " must take its environment from gavel-settings");
            }
            Tree.variables(workload).keySet().stream()
                    .filter(maps.getFirst().content().path("data")::has)
                    .forEach(variable ->
                            problems.add(workload.where() + " says " + variable + " again, which the settings say"));
        }
        maps.getFirst().content().path("data").propertyNames().stream()
                .filter(setting -> !SOURCES.contains("\"" + setting + "\""))
                .forEach(setting -> problems.add("nothing reads the setting " + setting));
        hosts(tree, problems);
        same(tree, "AWS_REGION", places(tree, "SecretStore", "/spec/provider/aws/region"), problems);
        same(tree, "AWS_REGION", places(tree, "ScaledObject", "/spec/triggers/0/metadata/awsRegion"), problems);
        same(tree, "KAFKA_BOOTSTRAP_SERVERS", places(tree, "ConfigMap", "/data/bootstrap.servers"), problems);
        String bucket = tree.setting("GAVEL_BUCKET_PREFIX") + "uploads.s3." + tree.setting("AWS_REGION") + ".";
        if (!tree.setting("GAVEL_UPLOADS_URL").startsWith("https://" + bucket)) {
            problems.add("GAVEL_UPLOADS_URL must be the bucket " + bucket + "amazonaws.com");
        }
        return problems;
    }

    /// The pages, the issuer of tokens, the certificate and every route are of one host.
    private static void hosts(Tree tree, List<String> problems) {
        String host = String.valueOf(URI.create(tree.setting("GAVEL_WEB_URL")).getHost());
        Map<String, String> places = new TreeMap<>();
        places.putAll(places(tree, "HTTPRoute", "/spec/hostnames/0"));
        tree.find("Gateway", "gavel").ifPresent(it -> places.put(it.where(), it.text("/spec/listeners/0/hostname")));
        tree.find("KongPlugin", "cors")
                .ifPresent(it ->
                        places.put(it.where(), it.text("/config/origins/0").replace("https://", "")));
        for (String setting : List.of("GAVEL_ISSUER", "GAVEL_ORIGINS")) {
            places.put(setting, tree.setting(setting).replace("https://", ""));
        }
        places.forEach((where, said) -> {
            if (!said.equals(host)) {
                problems.add(where + " is of the host " + said + ", but our pages are at " + host);
            }
        });
    }

    private static Map<String, String> places(Tree tree, String kind, String pointer) {
        return tree.all(kind).stream()
                .filter(document -> !document.text(pointer).isEmpty())
                .collect(Collectors.toMap(
                        document -> document.where() + pointer, document -> document.text(pointer), (a, b) -> b));
    }

    private static void same(Tree tree, String setting, Map<String, String> places, List<String> problems) {
        places.forEach((where, said) -> {
            if (!said.equals(tree.setting(setting))) {
                problems.add(where + " says " + said + ", but " + setting + " is " + tree.setting(setting));
            }
        });
    }

    private static String sources() {
        StringBuilder sources = new StringBuilder();
        for (String folder : READERS) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")
                                && path.toString().replace('\\', '/').contains("/src/main/"))
                        .toList()) {
                    sources.append(Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources.toString();
    }
}
