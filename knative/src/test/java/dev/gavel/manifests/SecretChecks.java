package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Where secrets come from, and that none of them is written down.
final class SecretChecks {

    /// Keys of AWS, of the payment gateway, private keys, tokens, and addresses with a password in them.
    private static final Pattern CLEAR = Pattern.compile("AKIA[0-9A-Z]{16}|-----BEGIN|\\b(live|test)_(g?sk|ck)_\\w{8}"
            + "|\\beyJ[\\w-]{10,}\\.|://[^/@\\s:]+:[^/@\\s]+@|(?<![\\w/+=-])[A-Za-z0-9+/]{43}=(?![\\w=])");

    private static final String CERTIFICATE = "/spec/listeners/0/tls/certificateRefs/0/name";

    private SecretChecks() {}

    static List<String> clear(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        tree.all("Secret").forEach(secret -> problems.add(secret.where() + " must be an ExternalSecret"));
        tree.texts()
                .forEach((file, text) -> text.lines()
                        .filter(line -> CLEAR.matcher(line).find())
                        .forEach(line ->
                                problems.add(file + " has what looks like a secret in clear: " + line.strip())));
        for (Document map : tree.all("ConfigMap")) {
            map.content().path("data").propertyNames().stream()
                    .filter(name -> name.matches(".*(_KEY|SECRET|PASSWORD|TOKEN)"))
                    .forEach(name -> problems.add(map.where() + " must not hold " + name + ", which is a secret"));
        }
        return problems;
    }

    static List<String> external(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> made = new TreeSet<>();
        for (Document external : tree.all("ExternalSecret")) {
            String target = external.text("/spec/target/name");
            for (JsonNode data : external.content().at("/spec/data")) {
                made.add(target + "/" + data.path("secretKey").asString(""));
            }
            if (tree.find("SecretStore", external.text("/spec/secretStoreRef/name"))
                    .isEmpty()) {
                problems.add(external.where() + " asks a SecretStore that is not there");
            }
        }
        Set<String> wanted = new TreeSet<>();
        for (Document workload : tree.workloads()) {
            for (JsonNode variable : workload.content().at(ServiceChecks.CONTAINER + "/env")) {
                JsonNode key = variable.at("/valueFrom/secretKeyRef");
                if (!key.isMissingNode()) {
                    wanted.add(key.path("name").asString("") + "/"
                            + key.path("key").asString(""));
                }
            }
        }
        for (Document gateway : tree.all("Gateway")) {
            String name = gateway.text(CERTIFICATE);
            if (!name.isEmpty()) {
                wanted.addAll(List.of(name + "/tls.crt", name + "/tls.key"));
            }
        }
        wanted.stream()
                .filter(key -> !made.contains(key))
                .forEach(key -> problems.add("no ExternalSecret makes " + key + ", which something needs to start"));
        made.stream()
                .filter(key -> !wanted.contains(key))
                .forEach(key -> problems.add("an ExternalSecret makes " + key + ", which nothing takes"));
        for (Document store : tree.all("SecretStore")) {
            String account = store.text("/spec/provider/aws/auth/jwt/serviceAccountRef/name");
            if (tree.find("ServiceAccount", account).isEmpty()) {
                problems.add(store.where() + " asks as the ServiceAccount " + account + ", which is not there");
            }
        }
        return problems;
    }
}
