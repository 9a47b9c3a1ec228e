package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Where things are and what they are called.
final class FileChecks {

    static final String NAMESPACE = "gavel";
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace", "GatewayClass");
    /// Where a file is named after the one thing it is about.
    private static final String NAMED = "(functions|gateway|live|relay|keda)/.*";
    /// The mesh has documents where Kourier is, and where calls to providers leave.
    private static final Set<String> NAMESPACES_OF_THE_MESH = Set.of(NAMESPACE, "knative-serving", "istio-egress");

    private FileChecks() {}

    static List<String> place(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Document document : tree.documents()) {
            String kind = document.kind();
            if (kind.isEmpty() || document.group().isEmpty()) {
                problems.add(document.file() + " has a document without apiVersion and kind");
                continue;
            }
            String namespace = document.text("/metadata/namespace");
            if (document.name().isEmpty() || !seen.add(document.group() + kind + namespace + "/" + document.name())) {
                problems.add(document.where() + " has no name or one that is taken");
            }
            boolean known = document.file().startsWith("components/")
                    ? NAMESPACES_OF_THE_MESH.contains(namespace)
                    : namespace.equals(NAMESPACE);
            if (!WITHOUT_NAMESPACE.contains(kind) && !known) {
                problems.add(document.where() + " must say namespace: " + NAMESPACE);
            }
            if (document.file().matches(NAMED)
                    && !document.file().equals("gateway/gateway.yaml")
                    && !document.file().endsWith("/" + owner(document) + ".yaml")) {
                problems.add(document.where() + " belongs into a file of its name");
            }
        }
        for (String file : tree.texts().keySet()) {
            if (file.endsWith("/kustomization.yaml")) {
                continue;
            }
            if ((file.startsWith("live/") || file.startsWith("relay/"))
                    && tree.all("Deployment").stream()
                                    .filter(deployment -> deployment.file().equals(file))
                                    .count()
                            != 1) {
                problems.add(file + " must hold exactly one Deployment");
            }
            if (file.startsWith("functions/")
                    && tree.services().stream()
                                    .filter(service -> service.file().equals(file))
                                    .count()
                            != 1) {
                problems.add(file + " must hold exactly one Service");
            }
        }
        return problems;
    }

    /// Whose file it belongs into. A use case with a Trigger on more than one Broker has the Brokers' names in
    /// those of its Triggers.
    private static String owner(Document document) {
        String end = "-" + document.text("/spec/broker");
        return document.kind().equals("Trigger") && document.name().endsWith(end)
                ? document.name().substring(0, document.name().length() - end.length())
                : document.name();
    }

    static List<String> comments(Tree tree, List<Declared> useCases) {
        return tree.texts().entrySet().stream()
                .filter(file -> file.getKey().matches(".*\\.(yaml|env)"))
                .filter(file -> !file.getValue().startsWith("# "))
                .map(file -> file.getKey() + " must start with a comment that tells operators what it is and why its"
                        + " numbers are what they are")
                .toList();
    }

    static List<String> kustomization(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>(tree.problems());
        tree.texts().keySet().stream()
                .filter(file -> file.endsWith("/kustomization.yaml"))
                .forEach(file -> complete(tree.texts(), file, problems));
        return problems;
    }

    /// Compares what the kustomization of a folder lists with the files beside it.
    private static void complete(Map<String, String> texts, String kustomization, List<String> problems) {
        String folder = kustomization.substring(0, kustomization.lastIndexOf('/') + 1);
        Set<String> listed = new TreeSet<>();
        Set<String> mentioned = new TreeSet<>(List.of(kustomization));
        for (Document document : Tree.parse(kustomization, texts.getOrDefault(kustomization, ""))) {
            document.content().path("resources").forEach(file -> {
                if (!listed.add(folder + file.asString())) {
                    problems.add(kustomization + " lists " + folder + file.asString() + " twice");
                }
            });
            document.content().path("configurations").forEach(file -> mentioned.add(folder + file.asString()));
        }
        mentioned.addAll(listed);
        texts.keySet().stream()
                .filter(file -> file.matches(Pattern.quote(folder) + "[^/]+\\.yaml") && !mentioned.contains(file))
                .forEach(file -> problems.add(kustomization + " does not list " + file));
    }
}
